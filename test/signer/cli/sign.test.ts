import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { verifyUrl } from '../../../signer/verify-url.ts'
import { askEdge, baseUrl, kid, now, secret, signedOnly, testSigner } from '../test-signer.ts'
import { makeFolder, removeFolders, run, spawnCli } from './run.ts'

after(removeFolders)

const environment = { FOVEA_SECRET: secret, FOVEA_KID: kid }

async function sign(...argv: string[]): Promise<string> {
  const { code, out, err } = await run(['sign', ...argv], { environment })
  assert.deepEqual([code, err], [0, ''])
  return out.trim()
}

suite('fovea sign', () => {
  test('signs a key and parameters as a backend does', async () => {
    const url = await sign('a b.jpg', '--base-url', baseUrl, '--width', '800', '--fm', 'JPG')
    assert.equal(url, testSigner().signUrl('a b.jpg', { width: 800, format: 'jpeg' }))
  })

  test('signs a URL in any spelling, its own proof replaced, and options before its parameters', async () => {
    const asked = `${baseUrl}/caf%C3%A9.jpg?W=800&q=70&utm_source=x&exp=1&kid=old&sig=x#part`
    const expected = testSigner().signUrl('café.jpg', { width: 400, quality: 70 })
    assert.equal(await sign(asked, '--width=400'), expected)
  })

  test('keeps a preset that it does not know', async () => {
    const url = await sign(`${baseUrl}/a.jpg?preset=Card`)
    assert.equal(askEdge(url).url?.query, 'rev=1&width=400&height=300&format=auto.avif')
  })

  test('signs a canonical URL as it is', async () => {
    const canonical = '/a~20b.jpg?rev=1&width=800&format=auto.webp'
    const url = await sign(baseUrl + canonical)
    assert.ok(url.startsWith(`${baseUrl}${canonical}&exp=`))
    const { url: decided, refusal } = askEdge(url)
    assert.deepEqual([`${decided?.path}?${decided?.query}`, refusal], [canonical, undefined])
  })

  test('ends when it is told', async () => {
    const argv = ['a.jpg', '--base-url', baseUrl, '--expires-in', '12h', '--round-to', '1m', '--json']
    const result = JSON.parse(await sign(...argv))
    assert.deepEqual(
      { ...result, url: '' },
      { url: '', key: 'a.jpg', kid, expiresAt: '2026-11-23T20:10:00.000Z' },
    )
    const verification = verifyUrl(result.url, { secrets: { [kid]: secret }, now })
    assert.ok(verification.ok)
  })

  for (const [what, argv, pattern] of [
    [
      'a wrong value',
      ['a.jpg', '--base-url', baseUrl, '--width', 'wide'],
      /expected auto 1\.\.8192 for width/,
    ],
    ['a contradiction', [`${baseUrl}/a.jpg?w=1&h=2&ar=1-1`], /contradiction: expected width or height/],
    ['a broken URL', [`${baseUrl}/a%2Fb.jpg`], /bad-key/],
    ['a canonical URL that is none', [`${baseUrl}/a.jpg?rev=1&w=80`], /not-canonical/],
    ['a life that is too long', ['a.jpg', '--base-url', baseUrl, '--expires-in', '8d'], /expiresInSeconds/],
    ['a base URL with a path', ['a.jpg', '--base-url', `${baseUrl}/x`], /without a path for baseUrl/],
    ['a file that is not there', ['a.jpg', '--base-url', baseUrl, '--secret-file', 'none'], /ENOENT/],
    ['a local edge that does not run', ['a.jpg', '--local'], /npm start/],
  ] as const) {
    test(`refuses ${what} with exit code 1`, async () => {
      const { code, out, err } = await run(['sign', ...argv], { environment })
      assert.deepEqual([code, out], [1, ''])
      assert.match(err, pattern)
      assert.match(err, /^fovea sign: .*\n$/)
    })
  }

  for (const [what, argv, environment, pattern] of [
    ['no operand', [], {}, /expected URL\|KEY/],
    ['two operands', ['a', 'b'], {}, /received 2 operands/],
    ['no secret', ['a', '--base-url', baseUrl], { FOVEA_KID: kid }, /FOVEA_SECRET/],
    ['no kid', ['a', '--base-url', baseUrl], { FOVEA_SECRET: secret }, /FOVEA_KID/],
    ['no base URL', ['a'], { FOVEA_SECRET: secret, FOVEA_KID: kid }, /--base-url/],
    ['an unknown option', ['a', '--widht', '80'], {}, /perhaps --width /],
    ['a secret as an argument', ['a', '--secret', secret], {}, /all users of a machine see arguments/],
    ['an option without its value', ['a', '--width'], {}, /--width: expected VALUE/],
    ['an option twice', ['a', '--width', '1', '--width', '2'], {}, /--width: expected once/],
    [
      'an option and its alias',
      ['a', '--width', '1', '--w', '2'],
      { FOVEA_SECRET: secret, FOVEA_KID: kid },
      /--width: expected once/,
    ],
    ['a flag with a value', ['a', '--json=yes'], {}, /--json: expected no value/],
    [
      'a duration that is none',
      ['a', '--base-url', baseUrl, '--expires-in', 'soon'],
      { FOVEA_SECRET: secret, FOVEA_KID: kid },
      /90s, 15m/,
    ],
    [
      'a key with a question mark',
      ['a.jpg?width=80'],
      { FOVEA_SECRET: secret, FOVEA_KID: kid },
      /begins with \//,
    ],
  ] as const) {
    test(`cannot be run with ${what}: exit code 2`, async () => {
      const { code, out, err } = await run(['sign', ...argv], { environment })
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, pattern)
      assert.ok(!err.includes(secret))
    })
  }

  test('tells its error in JSON too, for machines', async () => {
    const { out } = await run(['sign', 'a', '--base-url', baseUrl, '--json'], {
      environment: { ...environment, FOVEA_SECRET: 'hunter2' },
    })
    const { error } = JSON.parse(out)
    assert.equal(error.code, 'weak-secret')
    assert.ok(!out.includes('hunter2'))
  })

  test('means at the edge what was asked', async () => {
    const url = await sign('a.jpg', '--base-url', baseUrl, '--width', '123', '--aspect', '16:9')
    const { url: decided } = askEdge(url, { settings: signedOnly })
    assert.equal(decided?.query, 'rev=1&width=123&height=69&format=auto.avif')
  })
})

suite('fovea sign as a process', () => {
  test('takes the secret from the environment and prints the URL alone', async () => {
    const env = { ...environment, FOVEA_BASE_URL: baseUrl }
    const { code, out, err } = await spawnCli(['sign', 'a.jpg', '--width', '80'], { env })
    assert.deepEqual([code, err], [0, ''])
    assert.match(out, /^https:\/\/img\.example\.com\/a\.jpg\?width=80&exp=\d+&kid=k1&sig=[\w-]{43}\n$/)
  })

  test('takes the secret from a file, before the environment', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'secret'), `${secret}\n`)
    const env = { FOVEA_SECRET: 'hunter2', FOVEA_KID: kid }
    const argv = ['sign', `${baseUrl}/a.jpg`, '--secret-file', 'secret']
    const { code, out } = await spawnCli(argv, { env, cwd: folder })
    assert.equal(code, 0)
    assert.ok(verifyUrl(out.trim(), { secrets: { [kid]: secret } }).ok)
  })

  test('never shows a secret that it refuses', async () => {
    const weak = 'correct-horse-battery-staple'
    const env = { FOVEA_SECRET: weak, FOVEA_KID: kid }
    const { code, out, err } = await spawnCli(['sign', `${baseUrl}/a.jpg`], { env })
    assert.equal(code, 1)
    assert.match(err, /expected 43 to 1024 random characters/)
    assert.ok(!(out + err).includes(weak))
  })

  test('exits with 2 where it cannot be run', async () => {
    assert.equal((await spawnCli(['sign', '--widht', '1'])).code, 2)
  })
})
