import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'

const mine = { name: 'masters' }
const copies = { name: 'masters-copied' }

suite('secondRegion', () => {
  test('is none by default', () => assert.equal(defineSettings().secondRegion, undefined))

  test('has answers kept for five minutes, behind the Origin Shield nearest to it', () => {
    assert.deepEqual(defineSettings({ secondRegion: { region: 'eu-north-1' } }).secondRegion, {
      region: 'eu-north-1',
      bucket: undefined,
      originShieldRegion: 'eu-west-2',
      maxAgeSeconds: 300,
    })
  })

  test('takes what is said', () => {
    const secondRegion = {
      region: 'eu-west-1',
      bucket: copies,
      originShieldRegion: 'eu-west-2',
      maxAgeSeconds: 60,
    }
    assert.deepEqual(defineSettings({ storage: { bucket: mine }, secondRegion }).secondRegion, secondRegion)
  })

  test('is complete already where complete settings are given again', () => {
    const settings = defineSettings({ secondRegion: { region: 'eu-west-1' } })
    assert.deepEqual(defineSettings(settings), settings)
  })

  const refused: readonly (readonly [what: string, given: GivenSettings, message: RegExp])[] = [
    [
      'the first region',
      { region: 'eu-west-1', secondRegion: { region: 'eu-west-1' } },
      /^expected another region than eu-west-1 for secondRegion\.region but received 'eu-west-1'$/,
    ],
    [
      'the default region',
      { secondRegion: { region: 'us-east-1' } },
      /^expected another region than us-east-1 for secondRegion\.region/,
    ],
    [
      'what is no region',
      { secondRegion: { region: 'Ireland' } },
      /^expected an AWS region such as eu-west-1 for secondRegion\.region but received 'Ireland'$/,
    ],
    [
      'a region whose nearest Origin Shield nobody knows',
      { secondRegion: { region: 'xx-north-9' } },
      /^expected a region with Origin Shield near xx-north-9 for secondRegion\.originShieldRegion/,
    ],
    [
      'a name that there is not',
      { secondRegion: { region: 'eu-west-1', regions: 2 } as never },
      /^expected only region, bucket, originShieldRegion, maxAgeSeconds for secondRegion but received 'regions'$/,
    ],
    [
      'answers that are kept for a day',
      { secondRegion: { region: 'eu-west-1', maxAgeSeconds: 86_400 } },
      /^expected a whole number of seconds from 1 to 3600 for secondRegion\.maxAgeSeconds but received 86400$/,
    ],
    [
      'no bucket of yours beside one of yours, and says why',
      { storage: { bucket: mine }, secondRegion: { region: 'eu-west-1' } },
      /^expected a bucket that you have masters replicate to, since a deployment may not change a bucket that is not its own, for secondRegion\.bucket but received undefined$/,
    ],
    [
      'a bucket of yours beside one of its own',
      { secondRegion: { region: 'eu-west-1', bucket: copies } },
      /^expected none unless storage\.bucket is yours too for secondRegion\.bucket/,
    ],
    [
      'the bucket of the originals',
      { storage: { bucket: mine }, secondRegion: { region: 'eu-west-1', bucket: mine } },
      /^expected another bucket than storage\.bucket for secondRegion\.bucket\.name but received 'masters'$/,
    ],
    [
      'what is no name of a bucket',
      { storage: { bucket: mine }, secondRegion: { region: 'eu-west-1', bucket: { name: 'No' } } },
      /^expected the name of a bucket for secondRegion\.bucket\.name but received 'No'$/,
    ],
  ]
  for (const [what, given, message] of refused) {
    test(`refuses ${what}`, () => assert.throws(() => defineSettings(given), { message }))
  }
})
