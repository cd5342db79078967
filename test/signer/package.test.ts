import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { buildInfra } from '../../infra/build.ts'
import { buildSigner } from '../../signer/build.ts'
import { testConsumerTypes } from '../consumer-types.ts'
import { readText, root } from '../project-files.ts'
import { secret } from './test-signer.ts'

const exec = promisify(execFile)

interface Manifest {
  exports: Record<string, { types: string; default: string } | string>
  bin: Record<string, string>
  files: string[]
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
}

const manifest: Manifest = JSON.parse(readText('package.json'))

/** What a project that depends on the package writes. */
const consumer = `
import { createSigner, type ImageParameters, verifyUrl } from 'fovea'
import { imageUrl, imgMarkup, srcset } from 'fovea/client'
import { signCloudFrontCookies, signCloudFrontUrl } from 'fovea/cloudfront'
import { KeyStoreError, openKeyStore } from 'fovea/keys'

const secret = process.env.FOVEA_SECRET ?? ''
const signer = createSigner({ secret, kid: 'k1', baseUrl: 'https://img.example.com' })
const parameters: ImageParameters = { width: 800, aspect: '16:9', fit: 'crop' }
const url: string = signer.signUrl('a.jpg', parameters)
// @ts-expect-error a typo
void (() => signer.signUrl('a.jpg', { widht: 800 }))
// @ts-expect-error no value of it
void (() => signer.signUrl('a.jpg', { fit: 'croop' }))
void (() => signer.signUrl('a.jpg', { rotate: 90, greyscale: 1 }))
// @ts-expect-error no value of it
void (() => signer.signUrl('a.jpg', { rotate: 45 }))
imageUrl('a.jpg', parameters, { signer })
// @ts-expect-error a typo
void (() => imageUrl('a.jpg', { widht: 800 }))
// @ts-expect-error no value of it
void (() => srcset('a.jpg', { sizes: '50vw', format: 'jpgg' }))
// @ts-expect-error the set gives the width
void (() => srcset('a.jpg', { sizes: '50vw', width: 800 }))
// @ts-expect-error a typo of the image's own
void (() => imgMarkup('a.jpg', { alt: '', width: 4, height: 3, priorty: 'high' }))
// @ts-expect-error who cannot see it has to be told
void (() => imgMarkup('a.jpg', { width: 4, height: 3 }))
// @ts-expect-error a typo in the parameters
void (() => imgMarkup('a.jpg', { alt: '', width: 4, height: 3, parameters: { apsect: '1:1' } }))
const guard = { keyPairId: 'K1', privateKey: '', expiresAt: new Date() }
// @ts-expect-error a typo
void (() => signCloudFrontUrl({ ...guard, url, startAt: new Date() }))
// @ts-expect-error no value of it
void (() => signCloudFrontUrl({ ...guard, url, algorithm: 'SHA512' }))
// @ts-expect-error no end
void (() => signCloudFrontUrl({ keyPairId: 'K1', privateKey: '', url }))
// @ts-expect-error cookies have a resource
void (() => signCloudFrontCookies({ ...guard, url }))
// @ts-expect-error no value of it
void (() => signCloudFrontCookies({ ...guard, resource: url }).toSetCookieHeaders({ sameSite: 'lax' }))
const verification = verifyUrl(url, { secrets: { k1: secret } })
const key: string = verification.ok ? verification.key : verification.code
console.log([key, imageUrl('b.jpg'), typeof signCloudFrontUrl, typeof openKeyStore, KeyStoreError.name].join(' '))
`

suite('the package', () => {
  let folder = ''

  before(async () => {
    await buildSigner()
    folder = await mkdtemp(join(tmpdir(), 'fovea-consumer-'))
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules/fovea'))
    await symlink(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'consumer.ts'), consumer)
  })

  after(() => rm(folder, { recursive: true, force: true }))

  testConsumerTypes(() => folder, 'consumer.ts', false)

  test('runs in a project that has it, without a compiler', async () => {
    await exec(join(root, 'node_modules/.bin/esbuild'), [
      join(folder, 'consumer.ts'),
      '--format=esm',
      `--outfile=${join(folder, 'consumer.js')}`,
    ])
    const env = { PATH: process.env.PATH, FOVEA_SECRET: secret, NODE_NO_WARNINGS: '1' }
    const { stdout, stderr } = await exec(process.execPath, [join(folder, 'consumer.js')], { env })
    assert.deepEqual([stdout, stderr], ['a.jpg /b.jpg function function KeyStoreError\n', ''])
  })

  test('is required by CommonJS, where Node requires modules', async (context) => {
    if (!('require_module' in process.features)) return context.skip('this Node does not')
    const names = ['fovea', 'fovea/client', 'fovea/cloudfront', 'fovea/keys']
    const script = `console.log(${names.map((name) => `Object.keys(require('${name}')).length > 0`).join()})`
    const env = { PATH: process.env.PATH, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
    await writeFile(join(folder, 'consumer.cjs'), script)
    const { stdout, stderr } = await exec(process.execPath, [join(folder, 'consumer.cjs')], { env })
    // Node 22.12 says that this is experimental; later ones do not.
    assert.deepEqual(
      [stdout, stderr.replace(/^.*\b(?:ExperimentalWarning|trace-warnings)\b.*$/gm, '').trim()],
      ['true true true true\n', ''],
    )
  })

  test('has a command that runs by itself', async () => {
    const command = join(root, manifest.bin.fovea ?? '')
    const env = { PATH: process.env.PATH, FOVEA_SECRET: secret, FOVEA_KID: 'k1' }
    const { stdout } = await exec(command, ['sign', 'https://img.example.com/a.jpg?w=80'], { env })
    assert.match(stdout, /^https:\/\/img\.example\.com\/a\.jpg\?width=80&exp=\d+&kid=k1&sig=[\w-]{43}\n$/)
    const explained = await exec(command, ['explain', '/a.jpg?w=80', '--json'], { cwd: root })
    assert.match(JSON.parse(explained.stdout).canonical, /^\/a\.jpg\?rev=1&width=/)
  })

  test('depends on what its own files import, so that a backend installs neither sharp nor the CDK', async () => {
    // Not among the others, which other tests read meanwhile.
    const infra = join(folder, 'infra')
    await buildInfra(infra)
    // What runs in Lambda brings its own.
    const folders = ['build/signer', 'build/cli', 'build/infra']
    assert.deepEqual(manifest.files.filter((path) => !folders.includes(path)).sort(), [
      'build/functions',
      'build/lambda',
      'build/types',
      'build/viewer-fn',
    ])
    const imported = [join(root, 'build/signer'), join(root, 'build/cli'), infra]
      .flatMap((path) => readdirSync(path).map((file) => join(path, file)))
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [
        ...readFileSync(file, 'utf8').matchAll(/(?:^import|\bfrom) ?['"]([@\w][\w@/.:-]*)['"]/gm),
      ])
      .map(([, specifier = '']) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
    assert.ok(imported.length > 50, `${imported.length} imports`)
    assert.deepEqual(
      [...new Set(imported)].filter((name) => !isBuiltin(name)).sort(),
      [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].sort(),
    )
  })

  test('packs what it exports and no sources', async () => {
    const { stdout } = await exec('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root })
    const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(stdout)
    const paths = new Set(files.map(({ path }) => path))
    const promised = [
      ...Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [] : [target.types, target.default],
      ),
      ...Object.values(manifest.bin),
    ].map((path) => path.replace(/^\.\//, ''))
    const own = promised.filter((path) => /signer|cli/.test(path))
    assert.ok(own.length >= 7, own.join(' '))
    assert.deepEqual(
      own.filter((path) => !paths.has(path)),
      [],
    )
    assert.deepEqual(
      [...paths].filter((path) => /^(?:test|bench|edge)\//.test(path)),
      [],
    )
  })
})
