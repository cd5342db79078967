import { defineSettings } from '../../infra/settings.ts'

/** A deployment in two regions, whose transformers make no metrics. */
export default defineSettings({
  access: { '': 'open' },
  metrics: false,
  secondRegion: { region: 'eu-west-1' },
})
