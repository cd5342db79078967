import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { buildInfra } from '../../infra/build.ts'
import { assertKeepsSecrets } from './expect.ts'
import { loadEdge, readBuiltFile, secrets } from './run-edge.ts'
import { inAnHour, sign, signUrl } from './sign.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What looks like a secret, each with an example, so that a pattern that finds nothing is noticed. */
const patterns: readonly (readonly [what: string, pattern: RegExp, example: string])[] = [
  [
    'a private key',
    /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*(?:\\n)?[\w+/=]{20}/,
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAwx9m',
  ],
  ['credentials of AWS', /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/, 'AKIAABCDEFGHIJKLMNOP'],
  [
    'a signing key by its name',
    /\bsign\.[a-z\d-]{1,32}\\?["'`]?\s*[,:=]\s*(?:\\?["'`]?value\\?["'`]?\s*:\s*)?\\?["'`]?[\w-]{8}/,
    `"sign.k1": "${secrets['sign.k1']}"`,
  ],
  [
    'a signing key to import',
    /\\?["'`]key\\?["'`]\s*:\s*\\?["'`](?:sign\.|explain\b)/,
    '{"key":"sign.k1","value":"x"}',
  ],
  ['a secret of Secrets Manager that is given', /"SecretString"\s*:/, '"SecretString": "x"'],
  ['values for a KeyValueStore', /ImportSource\\?["'`]?\s*:/, '"ImportSource": {"SourceType": "S3"}'],
  ...Object.entries(secrets)
    .filter(([, secret]) => secret !== '')
    .map(([name, secret]) => [`${name} of these tests`, new RegExp(secret), `"${secret}"`] as const),
]

/** Every part that is deployed, packed or served by the local edge; the package's construct is built beside them. */
const parts = [
  'build/viewer-fn/index.js',
  'build/lambda/index.js',
  'build/functions/keys/index.js',
  'build/functions/freshness/index.js',
  'build/signer/index.js',
  'build/signer/client.js',
  'build/signer/cloudfront.js',
  'build/signer/keys.js',
  'build/cli/fovea.js',
  'build/types/signer/index.d.ts',
  'build/playground/page.js',
  'build/edge/sandbox.cjs',
  'cdk.out/Fovea.template.json',
  'cdk.out/Fovea.assets.json',
  'cdk.out/manifest.json',
]

/** Parts of our own code alone: packages of AWS have hashes. */
const ownCode =
  /^build\/(?:viewer-fn|signer|cli|types|playground|edge)\/|^(?!build\/|cdk\.out\/).*infra\/index\.js$/

/** 43 letters of base64url as a text of their own: what signing keys look like. Only of our own code. */
const keyLike = /["'`][\w-]{43}["'`]/

/** Files below `folder`, but for packages of others. */
function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return [path]
    return entry.isDirectory() && entry.name !== 'node_modules' ? listFiles(path) : []
  })
}

/** What of `patterns` is in a file; archives are read as they are. */
function findSecrets(file: string): string[] {
  const text = readFileSync(file, 'latin1')
  return patterns
    .filter(([, pattern]) => pattern.test(text))
    .map(([what]) => `${what} in ${relative(root, file)}`)
}

suite('what is built', () => {
  const infra = join(mkdtempSync(join(tmpdir(), 'fovea-built-')), 'infra')
  after(() => rmSync(dirname(infra), { recursive: true }))

  before(async () => {
    await readBuiltFile()
    // Not among the others, which other tests read meanwhile.
    await buildInfra(infra)
  })

  const listOutput = () => [
    ...listFiles(join(root, 'build')),
    ...listFiles(join(root, 'cdk.out')),
    ...listFiles(infra),
  ]

  test('would be seen to hold a secret', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fovea-secrets-'))
    try {
      for (const [what, pattern, example] of patterns) {
        assert.match(example, pattern, what)
        writeFileSync(join(folder, 'planted.js'), `x ${example} y`)
        const [planted = '', ...others] = listFiles(folder)
        assert.equal(others.length, 0)
        assert.ok(
          findSecrets(planted).some((found) => found.startsWith(what)),
          what,
        )
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('holds none', (context) => {
    const files = listOutput()
    context.diagnostic(`${files.length} files`)
    const found = new Set(files.map((file) => relative(root, file)))
    // Not built, a part would be without secrets: `npm test` builds all of it first.
    assert.deepEqual(
      parts.filter((part) => !found.has(part)),
      [],
    )
    assert.ok(files.includes(join(infra, 'index.js')))
    assert.deepEqual(files.flatMap(findSecrets), [])
  })

  test('is all that the package has, beside what npm adds', () => {
    const { files }: { files: string[] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    assert.ok(files.length > 5)
    for (const path of files) assert.match(path, /^build\//)
  })

  test('of our own code holds nothing that looks like a key', () => {
    assert.match(`x="${secrets['sign.k1']}"`, keyLike)
    const own = listOutput().filter((file) => ownCode.test(relative(root, file)))
    assert.ok(own.length > 12, `${own.length} files`)
    for (const file of own) assert.doesNotMatch(readFileSync(file, 'latin1'), keyLike, file)
  })
})

suite('what the edge answers', () => {
  const urls = [
    ...[
      '/a.jpg',
      '/a.jpg?width=0',
      '/vault/a.jpg',
      '/secret/a.jpg',
      '/a%00',
      '/a.jpg?rev=1',
      '/a.jpg?format=original&w=1',
    ],
    ...['k1', 'k2', 'weak', 'empty', 'none', 'explain'].map((kid) =>
      signUrl({ key: 'secret/a.jpg', parameters: '', kid }),
    ),
    ...['k1', 'k2', 'weak', 'empty', 'none', 'explain'].map(
      (kid) => `/secret/a.jpg?exp=${inAnHour}&kid=${kid}&sig=${'A'.repeat(43)}`,
    ),
    `/secret/a.jpg?exp=1&kid=k1&sig=${'A'.repeat(43)}`,
  ]
  const right = ['k1', 'k2', 'weak'].map((kid) => sign({ key: 'secret/a.jpg', parameters: '', kid }))

  test('holds no secret and no signature but what was sent, explained or not', async () => {
    const edge = await loadEdge({ hotlinks: { pages: formatPagePattern(['shop.example']) } })
    const codes = new Set<string>()
    let explained = 0
    for (const fails of [false, true]) {
      edge.store.fails = fails
      for (const url of urls) {
        for (const token of ['', 'x', secrets['sign.k1'], secrets.explain]) {
          for (const referer of ['', 'https://evil.example/']) {
            const headers = { 'x-fovea-explain': token, referer, host: 'd1.cloudfront.net' }
            const answer = await edge.ask(url, headers)
            codes.add(answer.code)
            if (answer.status === 200) explained++
            assertKeepsSecrets(answer.raw, url + (answer.url === undefined ? '' : token), right)
            assert.ok(answer.status < 500, answer.raw)
          }
        }
      }
    }
    assert.ok(codes.size >= 10, [...codes].join(' '))
    assert.equal(explained, 2 * urls.length)
  })
})
