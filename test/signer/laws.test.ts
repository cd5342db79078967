import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parseRequest } from '../../grammar/request.ts'
import { computeSignature, formatSignedText } from '../../grammar/signature.ts'
import type { ImageParameters } from '../../signer/image-parameters.ts'
import { verifyUrl } from '../../signer/verify-url.ts'
import { askEdge, kid, now, secret, signedOnly, testSigner } from './test-signer.ts'

const signer = testSigner()
const open = { ...signedOnly, access: [['', 'open']] } as const

const segment = fc
  .oneof(
    fc.stringMatching(/^[a-z0-9._-]{1,10}$/),
    fc.string({ unit: fc.constantFrom(...'aZ0 +%~\'()!*=&?#éß日🦊.-_:;,"\\'), minLength: 1, maxLength: 8 }),
    // Code points, no lone surrogates.
    fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no key has them
  .filter((text) => !/[\0-\x1f\x7f/]/.test(text) && !/^\.{1,2}$/.test(text))

const arbitraryKey = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'))

const side = fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.constantFrom(1, 8192))
const share = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100)
const ratioSide = fc.integer({ min: 1, max: 64 })

/** Values of each parameter in many of their spellings; together they may contradict each other. */
const anyParameters = fc.record(
  {
    width: fc.oneof(side, fc.constant('auto' as const)),
    height: side,
    aspect: fc
      .tuple(ratioSide, ratioSide, fc.constantFrom('-', ':'))
      .map(([w, h, sign]) => `${w}${sign}${h}` as `${number}-${number}`),
    dpr: fc.oneof(fc.constantFrom(1, 1.15, 1.5, 4), fc.constant('auto' as const)),
    fit: fc.constantFrom('cover', 'crop', 'inside', 'max', 'pad', 'fill', 'outside'),
    gravity: fc.oneof(
      fc.constantFrom('n' as const, 'centre', 'southeast', 'attention'),
      fc.tuple(share, share).map(([x, y]) => `${x}_${y}` as `${number}_${number}`),
    ),
    enlarge: fc.constant('1'),
    crop: fc.constantFrom('10_20_30_40' as const, '0.1_0.2_0.3_0.4', '0_0_1.0_1'),
    background: fc.constantFrom('#fff', 'white', '00000000', 'abc8', '1A2B3C'),
    overlay: arbitraryKey,
    'overlay-width': fc.integer({ min: 1, max: 100 }),
    'overlay-gravity': fc.constantFrom('se', 'centre', 'tile'),
    'overlay-opacity': fc.integer({ min: 1, max: 100 }),
    format: fc.constantFrom('auto', 'jpg', 'avif', 'png', 'gif', 'original'),
    quality: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom('auto' as const, 'low', 'high')),
    animated: fc.constant('0'),
    page: fc.integer({ min: 0, max: 9999 }),
    preset: fc.constantFrom('card', 'CARD'),
    version: fc.stringMatching(/^[\w.-]{1,32}$/),
    embed: fc.constant('any'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ImageParameters>

/** Mostly without contradictions. */
const arbitraryParameters = anyParameters.map((given) => {
  const parameters = { ...given }
  if (parameters.width && parameters.height) {
    delete parameters.aspect
    delete parameters.preset
  }
  if (!parameters.width && !parameters.height) delete parameters.dpr
  if (parameters.format === 'original') delete parameters.format
  return parameters
})

/** What an unsigned request says that asks the same: the URL without its proof. */
function dropProof(url: string): string {
  return url.replace(/&?exp=\d+&kid=[^&]*&sig=[^&]*$/, '')
}

suite('any signed URL', () => {
  test('is accepted, and means what the unsigned one does', () => {
    let accepted = 0
    fc.assert(
      fc.property(arbitraryKey, arbitraryParameters, (key, parameters) => {
        const url = signer.signUrl(key, parameters)
        const decision = askEdge(url)
        const unsigned = askEdge(dropProof(url), { settings: open })
        assert.equal(decision.verdicts.signature, undefined)
        assert.equal(decision.request?.key, key)
        assert.deepEqual(decision.url, unsigned.url)
        assert.deepEqual(decision.verdicts, unsigned.verdicts)
        if (decision.url) accepted++
      }),
      { numRuns: 2000 },
    )
    // The rest contradicts itself, signed or not.
    assert.ok(accepted > 1000, `${accepted} accepted`)
  })

  test('has the signature that the grammar computes', () => {
    fc.assert(
      fc.property(arbitraryKey, arbitraryParameters, (key, parameters) => {
        const url = signer.signUrl(key, parameters)
        const [, path = '', query = ''] = /^https:\/\/[^/]+([^?]*)\?(.*)$/.exec(url) ?? []
        const request = parseRequest(path, query, 'card')
        const text = formatSignedText(request.key, request.parameters)
        assert.equal(request.parameters.sig, computeSignature(secret, text))
      }),
    )
  })

  test('is the same through the URL parser of the platform', () => {
    fc.assert(
      fc.property(arbitraryKey, arbitraryParameters, (key, parameters) => {
        const url = signer.signUrl(key, parameters)
        assert.equal(new URL(url).href, url)
      }),
    )
  })

  test('is verified without the settings, and what that tells is signed alike', () => {
    fc.assert(
      fc.property(arbitraryKey, arbitraryParameters, (key, parameters) => {
        const url = signer.signUrl(key, parameters)
        const verification = verifyUrl(url, { secrets: { [kid]: secret }, now })
        assert.ok(verification.ok)
        assert.equal(signer.signUrl(verification.key, verification.parameters), url)
      }),
    )
  })

  test('is refused when the value of any parameter is another', () => {
    let changes = 0
    fc.assert(
      fc.property(arbitraryKey, arbitraryParameters, arbitraryParameters, (key, parameters, others) => {
        const url = signer.signUrl(key, parameters)
        const names = Object.keys(parameters) as (keyof ImageParameters)[]
        for (const name of names.filter((each) => others[each] !== undefined)) {
          const changed = signer.signUrl(key, { ...parameters, [name]: others[name] })
          const forged = dropProof(changed) + url.slice(dropProof(url).length)
          if (forged === url) continue
          assert.equal(askEdge(forged).verdicts.signature, 'signature-wrong')
          changes++
        }
      }),
    )
    assert.ok(changes > 100, `${changes} changes`)
  })

  test('is refused when any character of it is another, unless it means the same', () => {
    const url = signer.signUrl('products/chair.jpg', { width: 800, quality: 'high', version: 'v1' })
    const meant = askEdge(url)
    const at = fc.integer({ min: url.indexOf('/products'), max: url.length - 1 })
    fc.assert(
      fc.property(at, fc.constantFrom(...'aZ09-_.~%&=?/+ é\0'), (index, character) => {
        const decision = askEdge(url.slice(0, index) + character + url.slice(index + 1))
        // A letter in the other case, or a parameter that became unknown, which takes what was signed with it.
        if (decision.url && !decision.refusal) assert.deepEqual(decision.url, meant.url)
      }),
      { numRuns: 3000 },
    )
  })
})
