import assert from 'node:assert/strict'
import { before, beforeEach, suite, test } from 'node:test'
import { assertRefused } from './expect.ts'
import { type Edge, loadEdge, now, secrets, settings } from './run-edge.ts'
import { inAnHour, sign, signUrl } from './sign.ts'

const key = 'secret/a.jpg'
const valid = { key, parameters: 'width=800' }
const sig = sign(valid)
const url = signUrl(valid)
const written = '/secret/a.jpg?rev=1&width=800&format=auto'

let edge: Edge

before(async () => {
  edge = await loadEdge()
})

beforeEach(() => {
  edge.store.lookups = []
  edge.store.fails = false
  edge.clock.ms = now * 1000
})

async function refuse(sent: string, ...codes: readonly string[]): Promise<void> {
  assertRefused(await edge.ask(sent), sent, codes, sent.includes(sig) ? [] : [sig])
}

const withSig = (text: string) => url.replace(sig, text)
const withKid = (kid: string) => `/${key}?width=800&exp=${inAnHour}&kid=${kid}&sig=${sign({ ...valid, kid })}`

suite('a signed URL as it was signed', () => {
  const spellings = [
    url,
    `/${key}?sig=${sig}&kid=k1&W=0800&EXP=${inAnHour}&utm_source=x`,
    `/${key}?width=800&exp=${inAnHour}&kid=k1&sig=%${sig.charCodeAt(0).toString(16)}${sig.slice(1)}`,
    // The key is what is signed, however it is named.
    `/?key=${key}&width=800&exp=${inAnHour}&kid=k1&sig=${sig}`,
    `/${key}?key=secret%2Fa.jpg&width=800&exp=${inAnHour}&kid=k1&sig=${sig}`,
    `/secret/%61.jpg?width=800&exp=${inAnHour}&kid=k1&sig=${sig}`,
    `${written}&exp=${inAnHour}&kid=k1&sig=${sign({ key, parameters: 'width=800&format=auto' })}`,
    signUrl({ ...valid, kid: 'k2' }),
  ]
  for (const each of spellings) {
    test(`passes: ${each}`, async () => assert.equal((await edge.ask(each)).url, written))
  }
})

suite('a signature', () => {
  test('is refused with any one of its characters changed', async () => {
    let tried = 0
    for (let at = 0; at < sig.length; at++) {
      const is = sig.charAt(at)
      // The last letter has two bits that decode to nothing: its neighbours are other texts all the same.
      const neighbour = String.fromCharCode(sig.charCodeAt(at) ^ 1)
      for (const other of [
        'A',
        'z',
        '0',
        '-',
        '_',
        is === is.toLowerCase() ? is.toUpperCase() : is.toLowerCase(),
        neighbour,
      ]) {
        if (other === is) continue
        tried++
        const codes = /[\w-]/.test(other) ? ['signature-wrong'] : ['signature-malformed', 'bad-key']
        await refuse(withSig(sig.slice(0, at) + encodeURIComponent(other) + sig.slice(at + 1)), ...codes)
      }
    }
    assert.ok(tried >= 43 * 5, `${tried} tried`)
  })

  const wrong = {
    'of nothing': 'A'.repeat(43),
    'of another path': sign({ ...valid, key: 'secret/b.jpg' }),
    'of the path in capitals': sign({ ...valid, key: 'SECRET/a.jpg' }),
    'of another width': sign({ ...valid, parameters: 'width=801' }),
    'of another key id': sign({ ...valid, kid: 'k2' }),
    'by another secret': sign({ ...valid, secret: secrets['sign.k2'] }),
    'by the explain token': sign({ ...valid, secret: secrets.explain }),
    'by an empty secret': sign({ ...valid, secret: '' }),
    'of one second more': sign({ ...valid, exp: inAnHour + 1 }),
    'in reverse': [...sig].reverse().join(''),
  }
  for (const [name, text] of Object.entries(wrong)) {
    test(`${name} is wrong`, () => refuse(withSig(text), 'signature-wrong'))
  }

  const malformed = {
    empty: '',
    'a letter short': sig.slice(0, -1),
    'half of it': sig.slice(0, 21),
    'a letter long': `${sig}A`,
    twice: sig + sig,
    padded: `${sig}=`,
    'padded in escapes': `${sig}%3D`,
    'in standard base64': `+/${sig.slice(2)}`,
    'in standard base64, escaped': `%2B%2F${sig.slice(2)}`,
    'in hex': Buffer.from(sig, 'base64url').toString('hex'),
    'with a space before': `+${sig}`,
    'with a space behind': `${sig}%20`,
    'with fullwidth letters': encodeURIComponent('Ａ'.repeat(43)),
  }
  for (const [name, text] of Object.entries(malformed)) {
    test(`${name} is malformed, without a look-up`, async () => {
      await refuse(withSig(text), 'signature-malformed')
      assert.deepEqual(edge.store.lookups, [])
    })
  }

  for (const text of [`${sig}%0A`, `%00${sig}`, `${sig}%00`, `${sig}%FF`, `${sig}%`]) {
    test(`${text.replace(sig, 'SIG')} is a bad value`, () => refuse(withSig(text), 'bad-value'))
  }

  for (const [first, second] of [
    [sig, 'A'.repeat(43)],
    ['A'.repeat(43), sig],
    [sig, sig],
    ['', sig],
    [sig, ''],
  ]) {
    test(`given twice is refused: ${first?.slice(0, 3)}, ${second?.slice(0, 3)}`, async () => {
      await refuse(`${withSig(first as string)}&sig=${second}`, 'repeated')
      await refuse(`${withSig(first as string)}&%73ig=${second}`, 'repeated')
      await refuse(`${withSig(first as string)}&SIG=${second}`, 'repeated')
    })
  }
})

suite('a key id', () => {
  const cases: readonly (readonly [kid: string, code: string])[] = [
    ['k2', 'signature-wrong'],
    ['k3', 'signature-unknown-key'],
    ['explain', 'signature-unknown-key'],
    ['weak', 'signature-no-key'],
    ['K1', 'signature-malformed'],
    ['../k1', 'signature-malformed'],
    ['sign.k1', 'signature-malformed'],
    ['k1%20', 'signature-malformed'],
    ['k1%00', 'bad-value'],
    ['k1%0A', 'bad-value'],
    ['__proto__', 'signature-malformed'],
    ['k'.repeat(33), 'signature-malformed'],
    ['k'.repeat(4000), 'signature-malformed'],
    ['%EF%BD%8B1', 'signature-malformed'],
  ]
  for (const [kid, code] of cases) {
    test(`${kid.slice(0, 40)} in place of the right one: ${code}`, () =>
      refuse(url.replace('kid=k1', `kid=${kid}`), code))
  }

  test('whose secret is short is no key, even to who knows it', () =>
    refuse(withKid('weak'), 'signature-no-key'))

  test('whose secret is a letter short of 43 is no key, and one of 43 is', async () => {
    const secret = 'x'.repeat(43)
    const sent = `/${key}?width=800&exp=${inAnHour}&kid=least&sig=`
    const least = { ...valid, kid: 'least' }
    edge.store.values.set('sign.least', secret.slice(1))
    await refuse(sent + sign({ ...least, secret: secret.slice(1) }), 'signature-no-key')
    edge.store.values.set('sign.least', secret)
    assert.equal((await edge.ask(sent + sign({ ...least, secret }))).url, written)
  })

  test('whose secret is empty is no key, even to who knows it', () =>
    refuse(withKid('empty'), 'signature-unknown-key', 'signature-no-key'))

  test('is looked up as sign.<kid> and under no other name', async () => {
    for (const kid of ['explain', 'k1', 'k3', 'sign.k1', '../explain', 'sign']) await edge.ask(withKid(kid))
    assert.ok(edge.store.lookups.length >= 4)
    for (const name of edge.store.lookups) assert.match(name, /^sign\.[a-z\d-]{1,32}$/)
  })

  test('is refused while the store is out of reach, signed right or wrong', async () => {
    edge.store.fails = true
    await refuse(url, 'signature-no-store')
    await refuse(withSig('A'.repeat(43)), 'signature-no-store')
    await refuse(url.replace('secret/', 'open/'), 'signature-no-store')
  })
})

suite('an end', () => {
  const withExp = (exp: string | number) =>
    `/${key}?width=800&exp=${exp}&kid=k1&sig=${sign({ ...valid, exp })}`

  for (const exp of [inAnHour - 1, inAnHour + 1]) {
    test(`moved to ${exp} is wrong`, () => refuse(url.replace(`${inAnHour}`, `${exp}`), 'signature-wrong'))
  }

  const spellings = [`0${inAnHour}`, `%2B${inAnHour}`, `+${inAnHour}`, `${inAnHour}+`, `${inAnHour}.0`]
  for (const exp of [
    ...spellings,
    '0x6553F100',
    '1.7e9',
    '1_700_003_600',
    '-1',
    '0',
    'NaN',
    'Infinity',
    '',
    '１７',
  ]) {
    test(`spelt ${exp || 'as nothing'} is malformed, even signed so`, async () => {
      const sent = withExp(exp)
      assertRefused(await edge.ask(sent), sent, ['signature-malformed'])
      assert.deepEqual(edge.store.lookups, [])
    })
  }

  test('holds to the second of the skew, and not a millisecond more', async () => {
    const sent = withExp(now - settings.skew)
    assert.equal((await edge.ask(sent)).url, written)
    edge.clock.ms += 1
    await refuse(sent, 'signature-expired')
  })

  test('lies as far ahead as lifetime and skew, and not a millisecond more', async () => {
    const sent = withExp(now + settings.lifetime + settings.skew)
    assert.equal((await edge.ask(sent)).url, written)
    edge.clock.ms -= 1
    await refuse(sent, 'signature-too-far')
    await refuse(withExp('99999999999'), 'signature-too-far')
    await refuse(withExp('999999999999'), 'signature-malformed')
  })
})

suite('a proof', () => {
  for (const name of ['exp', 'kid', 'sig']) {
    test(`without ${name} is malformed`, async () => {
      await refuse(url.replace(new RegExp(`&${name}=[^&]*`), ''), 'signature-malformed')
      await refuse(url.replace(new RegExp(`(&${name}=)[^&]*`), '$1'), 'signature-malformed')
    })
  }

  test('that is gone leaves an unsigned request', async () => {
    await refuse(`/${key}?width=800`, 'needs-signature')
    await refuse(`/${key}?width=800&exp=&kid=&sig=`, 'needs-signature')
  })

  test('that is wrong is refused where none is needed', () =>
    refuse(url.replace('secret/', 'open/'), 'signature-wrong'))
})
