import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { assertRefused } from './expect.ts'
import { type Edge, loadEdge, secrets } from './run-edge.ts'
import { inAnHour, sign, signUrl } from './sign.ts'

// Texts that would be one where they are put together without care. What is signed for one must not serve the other.

let edge: Edge

before(async () => {
  edge = await loadEdge()
})

const proof = (signature: string, exp: number | string = inAnHour, kid = 'k1') =>
  `exp=${exp}&kid=${kid}&sig=${signature}`

/** Keys and parameters as signed, and other URLs for which the signature is tried. */
const pairs: readonly (readonly [key: string, parameters: string, path: string, query: string])[] = [
  // Key and parameters, moved over the border between them.
  ['secret/a~26width~3D1', '', '/secret/a', 'width=1'],
  ['secret/a', 'width=1', '/secret/a&width=1', ''],
  ['secret/a', 'width=1', '/secret/a%26width%3D1', ''],
  ['secret/a~0Awidth~3D1', '', '/secret/a', 'width=1'],
  ['secret/a', 'width=1', '/secret/a~0Awidth=1', ''],
  ['secret/a', 'width=1', '/secret/a%3Fwidth=1', ''],
  ['secret/a', '', '/secret', 'key=/a'],
  ['secret/a', 'width=11', '/secret/a1', 'width=1'],
  // The tilde, which begins an escape.
  ['secret/~7E26', '', '/secret/%26', ''],
  ['secret/~26', '', '/secret/~26', ''],
  ['secret/~C3~A9', '', '/secret/~C3~A9', ''],
  ['secret/~2526', '', '/secret/%26', ''],
  ['secret/~2526', '', '/secret/%252526', ''],
  // One accented letter, or a letter and an accent.
  ['secret/~C3~A9', '', '/secret/e%CC%81', ''],
  ['secret/e~CC~81', '', '/secret/%C3%A9', ''],
  // What S3 takes for different keys.
  ['secret/a.jpg', '', '/secret/A.jpg', ''],
  ['secret/a.jpg', '', '/secret/a.jpg%20', ''],
  ['secret/a.jpg', '', '/secret/a.jpg+', ''],
  ['secret/a~20b', '', '/secret/a+b', ''],
  ['secret/a~2Bb', '', '/secret/a%20b', ''],
  ['secret/a.jpg', '', '/secret/a.jpg.', ''],
  ['secret/a.jpg', '', '/secret/%EF%BD%81.jpg', ''],
  // Values over the border between two parameters.
  ['secret/a', 'width=1&height=2', '/secret/a', 'width=1%26height=2'],
  ['secret/a', 'width=80&version=0', '/secret/a', 'width=800&version='],
  ['secret/a', 'version=1', '/secret/a', 'version=1&width=1'],
  ['secret/a', 'version=a.b', '/secret/a', 'version=a&version=b'],
  ['secret/a', 'width=16&height=9', '/secret/a', 'aspect=16-9'],
]

suite('a signature of one text serves no other', () => {
  for (const [key, parameters, path, query] of pairs) {
    test(`${key} ${parameters} for ${path}?${query}`, async () => {
      const signature = sign({ key, parameters })
      const own = `/${key.replaceAll('~', '%')}?${parameters}&${proof(signature)}`
      // The pair only means something where the signature is right at home.
      if (!/%0A/.test(own)) assert.notEqual((await edge.ask(own)).url, undefined, own)
      const other = `${path}?${query}&${proof(signature)}`
      const codes = ['signature-wrong', 'bad-value', 'bad-key', 'repeated', 'contradiction']
      assertRefused(await edge.ask(other), other, codes, [])
    })
  }

  test('not even where version, end and key id run into each other', async () => {
    // With no bound on the end, and one secret under many names, nothing but the framing tells them apart.
    const lenient = await loadEdge({ lifetime: 1e12 })
    lenient.clock.ms = 0
    const texts: readonly (readonly [version: string, exp: string, kid: string])[] = [
      ['12', '1700003600', '1k'],
      ['1', '21700003600', '1k'],
      ['121', '700003600', '1k'],
      ['12', '17000036001', 'k'],
      ['12', '170000360', '01k'],
      ['12', '17000036', '001k'],
    ]
    for (const [, , kid] of texts) lenient.store.values.set(`sign.${kid}`, secrets['sign.k1'])
    let wrong = 0
    for (const [ownVersion, ownExp, ownKid] of texts) {
      const signed = { key: 'secret/a', parameters: `version=${ownVersion}`, secret: secrets['sign.k1'] }
      const signature = sign({ ...signed, exp: ownExp, kid: ownKid })
      for (const [version, exp, kid] of texts) {
        const url = `/secret/a?version=${version}&${proof(signature, exp, kid)}`
        const answer = await lenient.ask(url)
        if (version === ownVersion && exp === ownExp && kid === ownKid) assert.notEqual(answer.url, undefined)
        else {
          wrong++
          assertRefused(answer, url, ['signature-wrong'], [])
        }
      }
    }
    assert.equal(wrong, texts.length * (texts.length - 1))
  })
})

suite('the parts of a proof cannot hold a border', () => {
  const signature = sign({ key: 'secret/a', parameters: '' })
  const glued = {
    'end with key id': `exp=${inAnHour}%20k1&kid=&sig=${signature}`,
    'end with key id and signature': `exp=${inAnHour}%20k1%20${signature}`,
    'end with key id and signature, others empty': `exp=${inAnHour}%20k1%20${signature}&kid=&sig=`,
    'key id with signature': `exp=${inAnHour}&kid=k1%20${signature}&sig=`,
    'signature with key id': `exp=${inAnHour}&kid=&sig=k1%20${signature}`,
  }
  for (const [name, query] of Object.entries(glued)) {
    test(`${name} in one`, async () => {
      const url = `/secret/a?${query}`
      assertRefused(await edge.ask(url), url, ['signature-malformed'], [])
    })
  }

  const broken = [
    'exp=1700003600%0A',
    'exp=1700003600%0Ak1',
    'kid=k1%0A',
    'version=1%0Aexp',
    'version=1%0D',
    'kid=%00',
  ]
  for (const piece of broken) {
    test(`a line end is a bad value: ${piece}`, async () => {
      const url = `/secret/a?${piece}&sig=${signature}`
      assertRefused(await edge.ask(url), url, ['bad-value'], [])
    })
  }
})

suite('what is no parameter stays none under a signature', () => {
  const signed = { key: 'secret/a', parameters: 'width=800' }
  const written = '/secret/a?rev=1&width=800&format=auto'
  /** Unknown names, empty pieces and names of what every object has: dropped, as they are for who signs. */
  const dropped: readonly string[] = [
    ...['', '&', '&&&', ';', ';height=9', 'width%3D801', 'width%3d801=1', 'width%20=801', '%20width=801'],
    ...[
      '+width=801',
      'width+=801',
      'width%00=801',
      '%00width=801',
      'width%0A=801',
      'width[]=801',
      'width%5B%5D=801',
    ],
    ...[
      '__proto__=801',
      '__proto__[width]=801',
      'constructor=801',
      'hasOwnProperty=1',
      'toString',
      'rev=1',
      'rev=9',
    ],
    ...[
      '%C0%F7idth=801',
      'w%C4%B1dth=801',
      '%EF%BD%97idth=801',
      '%2577idth=801',
      'wid%74h%',
      '=801',
      '%=801',
    ],
    ...['widthNw=801', 'N=801', 'amp;width=801', '%26width=801', '#width=801', 'width\\=801'],
  ]
  for (const piece of dropped) {
    test(`dropped: ${piece || 'nothing'}`, async () => {
      for (const url of [`${signUrl(signed)}&${piece}`, signUrl(signed).replace('?', `?${piece}&`)]) {
        const answer = await edge.ask(url)
        // Where it begins with `rev=` the URL claims to be canonical, which one with unknown parameters is not.
        if (/\?rev=/.test(url)) assertRefused(answer, url, ['not-canonical', 'signature-wrong'], [])
        else assert.equal(answer.url, written, url)
      }
    })
  }

  /** Other spellings of the same names, which count as the name. */
  for (const piece of [
    'WIDTH=800',
    '%77idth=800',
    '%57=800',
    'w=800',
    'w=%38%30%30',
    'w=0800',
    'width=800&;',
  ]) {
    test(`the same: ${piece}`, async () => {
      const url = `/secret/a?${piece}&${proof(sign(signed))}`
      assert.equal((await edge.ask(url)).url, written, url)
    })
  }

  /** Decoded once: what is encoded twice is another value, and mostly none. */
  for (const piece of [
    'width=%2538%30%30',
    'width=800;',
    'width=800%00',
    'width=+800',
    'width=800%26',
    'width=%EF%BC%98',
  ]) {
    test(`a bad value: ${piece}`, async () => {
      const url = `/secret/a?${piece}&${proof(sign(signed))}`
      assertRefused(await edge.ask(url), url, ['bad-value'], [])
    })
  }
})

suite('a key under a signature is decoded once', () => {
  const same: readonly (readonly [key: string, paths: readonly string[]])[] = [
    ['secret/~C3~A9', ['/secret/%C3%A9', '/secret/%c3%a9', '/secret/é', '/%73ecret/%c3%A9']],
    ['secret/~2525', ['/secret/%2525', '/secret/%25%32%35']],
    ['secret/~7E0A', ['/secret/~0A', '/secret/%7E0A']],
    ['secret/a~3Bb~26c~3Dd', ['/secret/a;b&c=d', '/secret/a%3bb%26c%3dd']],
  ]
  for (const [key, paths] of same) {
    for (const path of paths) {
      test(`${path} is ${key}`, async () => {
        const answer = await edge.ask(`${path}?${proof(sign({ key, parameters: '' }))}`)
        assert.equal(answer.url, `/${key}?rev=1&format=auto`)
      })
    }
  }

  for (const path of [
    '/secret/%C1%A1',
    '/secret/%E0%81%A1',
    '/secret/%F0%80%81%A1',
    '/secret/%ED%A0%80',
    '/secret/%61%',
    '/secret/%0A',
    '/secret/%FF',
  ]) {
    test(`${path} is no key`, async () => {
      const url = `${path}?${proof(sign({ key: 'secret/a', parameters: '' }))}`
      assertRefused(await edge.ask(url), url, ['bad-key'], [])
    })
  }
})
