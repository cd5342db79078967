import { defineSettings } from '../../infra/settings.ts'

/** A deployment with a prefix of each mode, and a rule for hotlinks. */
export default defineSettings({
  access: { 'open/': 'open', 'paid/': 'signed' },
  hotlinks: { hosts: ['example.com'] },
})
