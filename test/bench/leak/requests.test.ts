import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { keys } from '../../../bench/leak/originals.ts'
import { listRound, roundLength } from '../../../bench/leak/requests.ts'
import { readEvent } from '../../../transformer/event.ts'
import { readVariant } from '../../../transformer/read-variant.ts'
import { settings } from '../../transformer/run.ts'

suite('listRound', () => {
  test('has as many requests as a window', () => {
    for (const costly of [true, false]) assert.equal(listRound(3, costly).length, roundLength)
  })

  test('asks of every original', () => {
    const asked = listRound(3, true).map(({ event }) => readEvent(event).path.slice(1))
    const all = [
      ...keys.stills,
      keys.camera,
      ...keys.animations,
      keys.drawing,
      keys.costly,
      ...keys.damaged,
      ...keys.foreign,
    ]
    for (const key of all) assert.ok(asked.includes(key), key)
  })

  test('is canonical wherever it is not to be refused', () => {
    for (const { event, status } of listRound(3, true)) {
      if (status === 200) readVariant(readEvent(event), settings)
    }
  })

  test('is refused before any original is read where it is not canonical', () => {
    const refused = listRound(3, true).filter(({ event, status }) => {
      try {
        readVariant(readEvent(event), settings)
        return false
      } catch {
        return status === 400
      }
    })
    assert.equal(refused.length, 2)
  })
})
