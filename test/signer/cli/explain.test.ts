import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { edgeErrors } from '../../../grammar/edge-errors.ts'
import { baseUrl, kid, secret, testSigner } from '../test-signer.ts'
import { explain, verdictsOf, writeSettings } from './explained.ts'
import { makeFolder, removeFolders, run } from './run.ts'

after(removeFolders)

suite('fovea explain', () => {
  test('tells the canonical URL, the class, the access and the reach', async () => {
    const { code, explanation } = await explain('/a.jpg?w=300')
    assert.equal(code, 0)
    assert.equal(explanation.canonical, '/a.jpg?rev=1&width=320&format=auto.avif')
    assert.deepEqual(explanation.access, { prefix: '', mode: 'bounded' })
    assert.equal(explanation.class, 'avif')
    assert.ok((explanation.reach ?? 0) > 100)
    assert.equal(verdictsOf(explanation), 'parse ok, signature none, bounds ok, hotlink ok')
  })

  const signed = testSigner().signUrl('private/a.jpg', { width: 123, embed: 'any' })

  test('checks a signature with the secret', async () => {
    const { code, explanation } = await explain(signed, [], { FOVEA_SECRET: secret })
    assert.equal(code, 0)
    assert.equal(verdictsOf(explanation), 'parse ok, signature ok, bounds ok, hotlink ok')
    assert.deepEqual([explanation.signed, explanation.kid], [true, kid])
    assert.equal(explanation.canonical, '/private/a.jpg?rev=1&width=123&format=auto.avif')
  })

  for (const [what, environment] of [
    ['without the secret', {}],
    ['with the secret of another key', { FOVEA_SECRET: secret, FOVEA_KID: 'k2' }],
  ] as const) {
    test(`says that it did not check one ${what}, and goes on as if it were right`, async () => {
      const { code, explanation } = await explain(signed, [], environment)
      assert.equal(code, 0)
      assert.equal(verdictsOf(explanation), 'parse ok, signature not-checked, bounds ok, hotlink ok')
      assert.ok(explanation.canonical)
      const sig = explanation.parameters.find(({ name }) => name === 'sig')
      assert.deepEqual([sig?.sent, sig?.changes], [/sig=.*/.exec(signed)?.[0], ['proof']])
    })
  }

  for (const [what, url, argv, status, verdicts] of [
    [
      'a wrong signature',
      signed.replace('123', '124'),
      [],
      403,
      'parse ok, signature signature-wrong, bounds needs-signature, hotlink ok',
    ],
    [
      'an expired one',
      signed,
      ['--now', '2027-01-01'],
      403,
      'parse ok, signature signature-expired, bounds needs-signature, hotlink ok',
    ],
    [
      'one too far ahead',
      signed,
      ['--now', '1700000000'],
      403,
      'parse ok, signature signature-too-far, bounds needs-signature, hotlink ok',
    ],
    [
      'none where one is needed',
      '/private/a.jpg',
      [],
      403,
      'parse ok, signature none, bounds needs-signature, hotlink ok',
    ],
    [
      'another page',
      '/a.jpg',
      ['--header', 'referer: https://evil.example/'],
      403,
      'parse ok, signature none, bounds ok, hotlink hotlink',
    ],
    [
      'two things',
      '/a.jpg?crop=1_1_1_1',
      ['--header', 'referer: https://evil.example/'],
      403,
      'parse ok, signature none, bounds needs-signature, hotlink hotlink',
    ],
    [
      'what is no URL of an image',
      '/a.jpg?w=0',
      [],
      400,
      'parse bad-value, signature not-checked, bounds not-checked, hotlink not-checked',
    ],
  ] as const) {
    test(`refuses ${what} with exit code 1, as the edge does`, async () => {
      const { code, explanation } = await explain(url, argv, { FOVEA_SECRET: secret })
      assert.equal(code, 1)
      assert.equal(verdictsOf(explanation), verdicts)
      assert.equal(explanation.refusal?.status, status)
      assert.ok((explanation.refusal?.code ?? '') in edgeErrors)
      for (const check of explanation.checks.filter(({ verdict }) => verdict in edgeErrors)) {
        assert.equal(typeof check.expected, 'string', check.check)
      }
    })
  }

  test('shows people tables', async () => {
    const folder = await writeSettings()
    const argv = ['explain', `${baseUrl}/a.jpg?w=300&crop=1_2_3_4&x=1`, '--config', 'settings.json']
    const { code, out } = await run(argv, { folder })
    assert.equal(code, 1)
    assert.match(out, /^answer {5}403 needs-signature$/m)
    assert.match(out, /^remedy {5}This needs a signature\. Without one, .* \(docs\/access\.md\)\.$/m)
    assert.match(out, /^access {5}bounded, for all other keys$/m)
    assert.match(out, /^bounds {5}needs-signature {2}expected .* for sig, received crop=1_2_3_4$/m)
    assert.match(out, /^width +w=300 +– +alias$/m)
    assert.match(out, /^x +x=1 +– +given; dropped: no such parameter$/m)
  })

  test('tells people of a preset that nothing is expected where there is none', async () => {
    const { out } = await run(['explain', '/a.jpg?preset=card'], { folder: await makeFolder() })
    assert.match(out, /^parse {6}bad-value {4}expected nothing for preset, received card$/m)
  })

  for (const [what, argv] of [
    ['a key', ['a.jpg']],
    ['no URL', []],
    ['a header without a colon', ['/a', '--header', 'referer']],
    ['an instant that is none', ['/a', '--now', 'soon']],
    ['--remote without a token', ['/a', '--remote']],
  ] as const) {
    test(`cannot be run with ${what}: exit code 2`, async () => {
      assert.equal((await run(['explain', ...argv])).code, 2)
    })
  }
})
