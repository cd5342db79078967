import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { arbitraryWish } from '../grammar/arbitrary-request.ts'
import { arbitrarySpelling, plain, spellUrl } from '../grammar/arbitrary-spelling.ts'
import { otherSecret, secret } from '../grammar/decision.ts'
import { settings } from '../grammar/url-outcome.ts'
import { requirement } from '../requirements.ts'
import { countAnswers } from './arbitrary-event.ts'
import { signNow, token } from './ask-function.ts'
import type { FakeStore } from './fake-modules.ts'
import { makeEventOf } from './make-event.ts'
import { foundNjs, runInNjs } from './run-in-njs.ts'
import { loadInVm, readBuiltFunction } from './run-in-vm.ts'

/** Settings that make use of everything that decides who may have what. */
const guarded: DecisionSettings = {
  ...settings,
  access: [
    ['bounded/', 'bounded'],
    ['closed/', 'closed'],
    ['signed/', 'signed'],
    ['', 'open'],
  ],
  hotlinks: { pages: formatPagePattern(['shop.com', '*.shop.com']), strict: true, placeholder: '/no.png' },
}

const store: FakeStore = {
  values: { 'sign.main': secret, 'sign.other': otherSecret, 'sign.short': 'x', explain: token },
}

const page = fc.constantFrom(
  'https://shop.com/',
  'https://a.SHOP.com:8080/x?y',
  'https://evil.com/',
  'https://evil.com\\@shop.com',
  'https://user@shop.com./',
  'null',
  'https://b\u00fccher.example/',
)

const header = fc.oneof(
  fc.tuple(fc.constantFrom('referer', 'origin'), page),
  fc.tuple(fc.constant('sec-fetch-site'), fc.constantFrom('cross-site', 'none')),
  fc.tuple(fc.constant('x-fovea-explain'), fc.constantFrom(token, 'wrong')),
)

/** Requests of every mode of access, signed well, badly or not, from any page. */
const arbitraryGuarded = fc
  .record({
    wish: arbitraryWish,
    spelling: arbitrarySpelling,
    folder: fc.constantFrom('', 'bounded/', 'closed/', 'signed/'),
    kid: fc.constantFrom(...Array<undefined>(5), 'main', 'main', 'other', 'short', 'gone'),
    embed: fc.boolean(),
    headers: fc.array(header, { maxLength: 3 }),
  })
  .map(({ wish, spelling, folder, kid, embed, headers }) => {
    const key = folder + wish.key
    const values = { ...wish.values, ...(wish.values.key && { key }), ...(embed && { embed: 'any' }) }
    const url = spellUrl({ key, values }, kid ? plain : spelling)
    return JSON.stringify(makeEventOf(kid ? signNow(url, { kid }) : url, [['host', 'a.example'], ...headers]))
  })

suite('the built function in njs, guarded by all that can guard it,', requirement('njs', foundNjs), () => {
  for (const [name, given] of [
    ['with its store', store],
    ['with its store out of reach', { ...store, down: true }],
  ] as const) {
    test(`answers byte for byte as in the vm, ${name}`, async () => {
      const source = await readBuiltFunction(guarded)
      const events = fc.sample(arbitraryGuarded, 2000)
      const results = runInNjs(source, events, given)
      const runInVm = loadInVm(source, given)
      for (const [index, event] of events.entries()) {
        const [one = '', other] = [results[index], await runInVm(event)]
        // Beyond ten names njs lists them in an order of its own, so an explanation is compared by content.
        if (JSON.parse(one).statusCode === 200)
          assert.deepEqual(readExplained(one), readExplained(other), event)
        else assert.equal(one, other, event)
      }
      const counts = countAnswers(results)
      const seen = ['request', 'hotlink', 'guarded', 'needs-signature']
      const signed = given === store ? ['wrong', 'no-key', 'unknown-key'] : ['no-store']
      for (const code of [...seen, ...signed.map((each) => `signature-${each}`)]) {
        assert.ok((counts[code] ?? 0) > 5, `${code}: ${JSON.stringify(counts)}`)
      }
      assert.equal(counts.explained !== undefined, given === store)
      assert.deepEqual([counts.internal, counts.failure], [undefined, undefined])
    })
  }
})

function readExplained(result: string): unknown {
  const answer = JSON.parse(result)
  return { ...answer, body: JSON.parse(answer.body.data) }
}
