import { defineSettings } from '../../infra/settings.ts'

const [first = '', second = ''] = JSON.parse(process.env.GUARDED_PREFIX_KEYS ?? '[]')

/** Two guarded prefixes, and one within the first that the second key alone opens. The test makes the keys, and has the private ones. */
export default defineSettings({
  overlays: 'marks/',
  cloudFrontSigned: {
    'private/': { publicKeys: [first, second] },
    'private/press/': { publicKeys: [second] },
    'members/': { publicKeys: [second, first], access: 'bounded' },
  },
})
