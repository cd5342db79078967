import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { secret } from '../grammar/decision.ts'
import { askFunction, down, mixed, none, signNow, token } from './ask-function.ts'
import type { FakeStore } from './fake-modules.ts'
import { makeEventOf } from './make-event.ts'
import { loadInVm, readBuiltFunction } from './run-in-vm.ts'

let source: string

before(async () => {
  source = await readBuiltFunction(mixed)
})

const canonical = 'rev=1&width=8&format=auto'

suite('the store of secrets is asked', () => {
  type Row = readonly [what: string, url: string, store: Partial<FakeStore>, answer: string, reads: string[]]
  const rows: readonly Row[] = [
    ['not at all for an unsigned request', '/x.jpg?w=8', {}, canonical, []],
    [
      'not at all for one that is out of bounds',
      '/bounded/x.jpg?crop=1_1_5_5',
      {},
      '403 needs-signature',
      [],
    ],
    ['not at all for one that needs a signature', '/signed/x.jpg', {}, '403 needs-signature', []],
    [
      'not at all for one that is badly made',
      signNow('/x.jpg?w=8').replace('w=8', 'w=0'),
      {},
      '400 bad-value',
      [],
    ],
    [
      'not at all for a signature that is none',
      '/x.jpg?sig=x&kid=main&exp=1',
      {},
      '403 signature-malformed',
      [],
    ],
    ['not at all for one that has ended', signNow('/x.jpg', { exp: 1 }), {}, '403 signature-expired', []],
    [
      'not at all for one that ends too late',
      signNow('/x.jpg', { exp: 99_999_999_999 }),
      {},
      '403 signature-too-far',
      [],
    ],
    ['once for a signature', signNow('/signed/x.jpg?w=8'), {}, canonical, ['get sign.main']],
    ['once also where none is needed', signNow('/x.jpg?w=8'), {}, canonical, ['get sign.main']],
    [
      'once for a signature of another secret',
      signNow('/x.jpg?w=8', { secret: `${secret}x` }),
      {},
      '403 signature-wrong',
      ['get sign.main'],
    ],
    [
      'once for a secret that is too short',
      signNow('/x.jpg', { kid: 'short' }),
      { values: { 'sign.short': 'x' } },
      '403 signature-no-key',
      ['get sign.short'],
    ],
    [
      'twice for a key that it does not know',
      signNow('/x.jpg', { kid: 'old' }),
      {},
      '403 signature-unknown-key',
      ['get sign.old', 'exists sign.old'],
    ],
    [
      'twice where it is out of reach, and nothing signed is served then',
      signNow('/x.jpg'),
      down,
      '403 signature-no-store',
      ['get sign.main', 'exists sign.main'],
    ],
    [
      'twice where it has a key that it does not give, which is not the same as none',
      signNow('/x.jpg'),
      { down: 'get' },
      '403 signature-no-store',
      ['get sign.main', 'exists sign.main'],
    ],
    [
      'for keys by their whole name alone',
      signNow('/x.jpg', { kid: 'main' }),
      none,
      '403 signature-unknown-key',
      ['get sign.main', 'exists sign.main'],
    ],
    [
      'for keys of no other name, whatever else it holds',
      signNow('/x.jpg', { kid: 'explain', secret: token }),
      {},
      '403 signature-unknown-key',
      ['get sign.explain', 'exists sign.explain'],
    ],
    [
      'not at all for who serves without signatures while it is out of reach',
      '/x.jpg?w=8',
      down,
      canonical,
      [],
    ],
  ]
  for (const [what, url, store, answer, reads] of rows) {
    test(what, async () => {
      assert.deepEqual(await askFunction(source, url, store), { answer, reads })
    })
  }

  test('anew for each request: what it holds may change at any moment', async () => {
    const values: Record<string, string> = { 'sign.main': secret }
    const reads: string[] = []
    const run = loadInVm(source, { values, reads })
    const event = JSON.stringify(makeEventOf(signNow('/x.jpg?w=8')))
    for (let count = 1; count <= 3; count++) {
      await run(event)
      assert.equal(reads.length, count)
    }
  })
})
