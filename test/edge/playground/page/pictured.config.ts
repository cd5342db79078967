import { defineSettings } from '../../../../infra/settings.ts'

/** A deployment of small pictures with something of everything that the page shows. */
export default defineSettings({
  access: { '': 'bounded', 'open/': 'open', 'paid/': 'signed' },
  ladder: [80, 160, 240, 320],
  aspects: ['1-1', '3-2', '16-9'],
  overlays: 'marks/',
  presets: { card: { width: 160, aspect: '1-1' } },
  hotlinks: { hosts: ['shop.example'] },
})
