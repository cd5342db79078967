import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isForAnyone, suggestUrls } from '../../edge/suggestions.ts'

const access = [
  ['private/press/', 'closed'],
  ['private/', 'closed'],
  ['paid/samples/', 'open'],
  ['paid/', 'signed'],
  ['', 'bounded'],
] as const

suite('the requests that npm start suggests', () => {
  const keys = ['a.jpg', 'paid/b.jpg', 'paid/samples/c.jpg', 'private/d.jpg', 'private/press/e.jpg']

  test('are of originals that anyone may have', () => {
    assert.deepEqual(
      keys.filter((key) => isForAnyone(key, access)),
      ['a.jpg', 'paid/samples/c.jpg'],
    )
  })

  test('are none where all need a signature', () => {
    assert.ok(keys.every((key) => !isForAnyone(key, [['', 'signed']])))
    assert.deepEqual(suggestUrls([]), [])
  })

  test('show a crop and a refusal of a photograph, and escape its key', () => {
    const urls = suggestUrls(['a b/c.jpg', 'z.svg']).map(({ url }) => url)
    assert.deepEqual(urls, [
      '/a%20b/c.jpg?width=800',
      '/a%20b/c.jpg?width=480&height=480&gravity=north',
      '/a%20b/c.jpg?width=9000',
      '/z.svg?width=640&format=png',
    ])
  })
})
