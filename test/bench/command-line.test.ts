import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readCommandLine } from '../../bench/command-line.ts'

const options = {
  requests: { placeholder: 'N', text: '', default: 7, min: 1, max: 1e12, whole: true },
  ratio: { placeholder: 'R', text: '', default: 0.5, min: 0, max: 10_000 },
} as const

suite('readCommandLine', () => {
  for (const [text, value] of [
    ['50M', 50e6],
    ['20k', 20_000],
    ['1.1k', 1100],
    ['2G', 2e9],
    ['12', 12],
  ] as const) {
    test(`reads ${text}`, () => {
      assert.equal(readCommandLine(['--requests', text], options)?.numbers.requests, value)
    })
  }

  for (const text of ['', 'M', '1m', '1.5', '0.0001k', '-1', '1e3', '0', '9999G', '1 k']) {
    test(`refuses '${text}' where a whole number from 1 is expected`, () => {
      assert.throws(
        () => readCommandLine([`--requests=${text}`], options),
        /--requests: expected a whole number from 1/,
      )
    })
  }

  test('reads fractions where they are taken, and defaults', () => {
    assert.deepEqual(readCommandLine(['--ratio', '0.25'], options)?.numbers, { requests: 7, ratio: 0.25 })
  })

  test('reads a list of names, all of them by default, and refuses others', () => {
    const lists = { peers: { placeholder: 'A,B', text: '', choices: ['ipx', 'next', 'sharp'] } }
    const read = (...argv: string[]) => [...(readCommandLine(argv, options, {}, lists)?.lists.peers ?? [])]
    assert.deepEqual(read(), ['ipx', 'next', 'sharp'])
    assert.deepEqual(read('--peers', 'sharp, ipx'), ['sharp', 'ipx'])
    assert.throws(
      () => read('--peers', 'ipx,nobody'),
      /--peers: expected some of ipx,next,sharp but received nobody/,
    )
    assert.throws(() => read('--peers='), /but received nothing/)
  })
})
