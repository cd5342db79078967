import { defineSettings } from '../../infra/settings.ts'

/** A deployment whose alarms, web ACL and budget have to be in another region than itself. */
export default defineSettings({
  region: 'eu-west-1',
  protection: {
    waf: { requestsPerFiveMinutes: 5000 },
    budget: { monthlyDollars: 50, emails: ['a@example.com'] },
  },
})
