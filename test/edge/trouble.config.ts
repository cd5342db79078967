import { defineSettings } from '../../infra/settings.ts'

/** A deployment that does what it can for originals in trouble, and makes no metrics. */
export default defineSettings({
  access: { '': 'open' },
  metrics: false,
  restoreArchived: { days: 2, tier: 'Standard' },
  fallback: { key: 'fallback.svg' },
})
