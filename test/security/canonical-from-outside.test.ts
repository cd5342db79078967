import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { assertRefused } from './expect.ts'
import { type Edge, loadEdge } from './run-edge.ts'
import { sign, signQuery } from './sign.ts'

// Canonical URLs are what caches and the transformer see; viewers may send them too, and learn nothing by it.

let edge: Edge
const avif = { accept: 'image/avif,image/webp' }

before(async () => {
  edge = await loadEdge()
})

async function refuse(url: string, ...codes: readonly string[]): Promise<void> {
  assertRefused(await edge.ask(url, avif), url, codes, [])
}

suite('a canonical URL from a viewer, without a signature', () => {
  const refused: readonly (readonly [url: string, code: string])[] = [
    ['/secret/a.jpg?rev=1&format=auto', 'needs-signature'],
    ['/secret/a.jpg?rev=1&width=800&format=auto.avif', 'needs-signature'],
    ['/~73ecret/a.jpg?rev=1&format=auto', 'needs-signature'],
    ['/secret~2Fa.jpg?rev=1&format=auto', 'needs-signature'],
    ['/vault/a.jpg?rev=1&format=auto', 'guarded'],
    ['/~76ault/a.jpg?rev=1&format=auto', 'guarded'],
    ['/vault~2Fa.jpg?rev=1&format=auto', 'guarded'],
    // Of what is bounded, nothing between the steps, and nothing that others may not ask for.
    ['/a.jpg?rev=1&width=801&format=auto', 'not-canonical'],
    ['/a.jpg?rev=1&width=1&format=auto', 'not-canonical'],
    ['/a.jpg?rev=1&format=auto', 'not-canonical'],
    ['/a.jpg?rev=1&width=8192&format=auto', 'bad-value'],
    ['/a.jpg?rev=1&width=800&height=599&format=auto', 'not-canonical'],
    ['/a.jpg?rev=1&width=800&height=700&format=auto', 'needs-signature'],
    ['/a.jpg?rev=1&width=800&format=auto&quality=71', 'not-canonical'],
    ['/a.jpg?rev=1&width=800&format=auto&version=1', 'not-canonical'],
    ['/a.jpg?rev=1&width=800&format=gif', 'needs-signature'],
    ['/a.jpg?rev=1&width=800&enlarge=1&format=auto', 'needs-signature'],
    ['/a.jpg?rev=1&crop=0_0_9_9&format=auto', 'needs-signature'],
    ['/a.jpg?rev=1&format=original', 'needs-signature'],
  ]
  for (const [url, code] of refused) {
    test(`${url}: ${code}`, () => refuse(url, code))
  }
})

suite('what is not as it is written', () => {
  const whole = '/open/a.jpg?rev=1&width=801&format=auto.avif'
  const refused: readonly (readonly [name: string, url: string, ...codes: string[]])[] = [
    ['revision 0', whole.replace('rev=1', 'rev=0'), 'not-canonical'],
    ['no revision', whole.replace('rev=1', 'rev='), 'not-canonical'],
    ['a revision below none', whole.replace('rev=1', 'rev=-1'), 'not-canonical'],
    ['a padded revision', whole.replace('rev=1', 'rev=01'), 'not-canonical'],
    ['a revision with a fraction', whole.replace('rev=1', 'rev=1.0'), 'not-canonical'],
    ['a revision in escapes', whole.replace('rev=1', 'rev=~31'), 'not-canonical'],
    ['a revision twice', whole.replace('rev=1', 'rev=1&rev=1'), 'not-canonical'],
    ['a revision twice, the second at the end', `${whole}&rev=1`, 'not-canonical'],
    ['an escape without need', whole.replace('a.jpg', '~61.jpg'), 'not-canonical'],
    ['an escape without need in a value', whole.replace('801', '80~31'), 'not-canonical'],
    ['an escape without need in a name', whole.replace('width', 'wi~64th'), 'not-canonical'],
    ['an escape in lower case', '/open/caf~c3~a9?rev=1&format=auto', 'not-canonical'],
    ['a percent escape', '/open/caf%C3%A9?rev=1&format=auto', 'not-canonical'],
    ['a letter that needs one', '/open/café?rev=1&format=auto', 'not-canonical'],
    ['an escape that is none', '/open/a~7G?rev=1&format=auto', 'bad-key'],
    ['half an escape', '/open/a~?rev=1&format=auto', 'bad-key'],
    ['a line end in escapes', '/open/a~0A?rev=1&format=auto', 'bad-key'],
    ['a segment of dots in escapes', '/open/~2E~2E/b?rev=1&format=auto', 'bad-key'],
    ['a slash in escapes', '/open~2Fa.jpg?rev=1&format=auto', 'not-canonical'],
    ['bytes that are no UTF-8', '/open/~C0~AF?rev=1&format=auto', 'bad-key'],
    ['an alias', whole.replace('width', 'w'), 'not-canonical'],
    ['capitals', whole.replace('width', 'WIDTH'), 'not-canonical'],
    ['another order', '/open/a.jpg?rev=1&format=auto&width=801', 'not-canonical'],
    ['an unknown parameter', `${whole}&utm_source=x`, 'not-canonical'],
    ['an empty piece', `${whole}&`, 'not-canonical'],
    ['a default', whole.replace('&format', '&gravity=centre&format'), 'not-canonical'],
    ['a preset', whole.replace('&width=801', '&preset=card'), 'not-canonical'],
    ['dpr', whole.replace('&format', '&dpr=1&format'), 'not-canonical'],
    ['an automatic width', whole.replace('801', 'auto'), 'not-canonical'],
    ['a key by name', '/?rev=1&key=open~2Fa.jpg&format=auto', 'not-canonical'],
    ['no format', '/open/a.jpg?rev=1&width=801', 'not-canonical'],
    ...[
      'auto.xyz',
      'auto.none',
      'auto.jpeg',
      'auto.avif.webp',
      'auto.',
      'auto.AVIF',
      'AUTO.avif',
      'auto~2Eavif',
    ].map(
      (format) =>
        [`the class ${format}`, whole.replace('auto.avif', format), 'bad-value', 'not-canonical'] as const,
    ),
    ['two classes', `${whole}&format=auto.webp`, 'repeated', 'bad-value'],
    ['a class of two formats', `${whole}&format=auto`, 'repeated'],
  ]
  for (const [name, url, ...codes] of refused) {
    test(`${name}: ${url}`, () => refuse(url, ...codes))
  }
})

suite('what only looks canonical is read as a request', () => {
  const requests: readonly (readonly [url: string, written: string | undefined])[] = [
    ['/open/a.jpg?width=801&rev=1', '/open/a.jpg?rev=1&width=801&format=auto.avif'],
    ['/open/a.jpg?REV=1&width=801', '/open/a.jpg?rev=1&width=801&format=auto.avif'],
    ['/open/a.jpg?%72ev=1&width=801', '/open/a.jpg?rev=1&width=801&format=auto.avif'],
    ['/open/a.jpg?&rev=1&width=801', '/open/a.jpg?rev=1&width=801&format=auto.avif'],
    ['/open/a.jpg?rev&width=801', '/open/a.jpg?rev=1&width=801&format=auto.avif'],
    ['/open/a.jpg?revision=1&width=801', '/open/a.jpg?rev=1&width=801&format=auto.avif'],
    ['/open/~61.jpg?width=801', '/open/~7E61.jpg?rev=1&width=801&format=auto.avif'],
    ['/~76ault/a.jpg?x&rev=1', '/~7E76ault/a.jpg?rev=1&width=3840&format=auto.avif'],
    ['/open/a.jpg?width=801&format=auto.avif', undefined],
    ['/open/a.jpg?width=801&format=auto.webp&rev=1', undefined],
  ]
  for (const [url, written] of requests) {
    test(`${url} is ${written ?? 'refused'}`, async () =>
      assert.equal((await edge.ask(url, avif)).url, written))
  }
})

suite('a canonical URL copied from an answer', () => {
  const requests: readonly (readonly [path: string, query: string])[] = [
    ['/open/a.jpg', 'width=801&height=7&fit=contain&gravity=0.3_0.3&bg=fed&q=70&v=x'],
    ['/open/caf%C3%A9/a+b~1.jpg', 'preset=card'],
    ['/open/a.jpg', 'crop=0.1_0.1_0.5_0.5&format=png'],
    ['/open/a.jpg', 'format=original'],
    ['/a.jpg', 'width=801'],
    ['/a.jpg', 'w=1900&fit=pad&h=1069'],
    ['/a.jpg', 'ar=16:9&q=85'],
    ['/a.jpg', ''],
  ]
  for (const [path, query] of requests) {
    test(`of ${path}?${query} is that very variant, whoever sends it`, async () => {
      const { url = '' } = await edge.ask(`${path}?${query}`, avif)
      assert.match(url, /^\/.*\?rev=1&/)
      for (const accept of ['image/avif', 'image/webp', '*/*', '']) {
        assert.equal((await edge.ask(url, { accept, 'save-data': 'on', 'sec-ch-dpr': '3' })).url, url)
      }
      for (const rev of ['2', '99', '99999999999999999999']) {
        assert.equal((await edge.ask(url.replace('rev=1', `rev=${rev}`))).url, url)
      }
    })
  }

  test('of a signed request passes with a signature of its own, and not with another', async () => {
    const parameters = 'width=801&format=auto'
    const proof = signQuery({ key: 'secret/a.jpg', parameters }).replace(`${parameters}&`, '')
    const canonical = '/secret/a.jpg?rev=1&width=801&format=auto.webp'
    assert.equal((await edge.ask(`${canonical}&${proof}`)).url, canonical)
    await refuse(`${canonical.replace('801', '802')}&${proof}`, 'signature-wrong')
    await refuse(canonical, 'needs-signature')
    const forged = proof.replace(/sig=.*/, `sig=${sign({ key: 'secret/a.jpg', parameters: 'width=801' })}`)
    await refuse(`${canonical}&${forged}`, 'signature-wrong')
  })
})
