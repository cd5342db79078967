import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../project-files.ts'

// The playground lets whoever reaches it write into the originals and sign whatever he likes: it is the local edge's alone.

/** What each of its parts says somewhere: its name, or the path under which it is answered. */
const trace = /playground|\/_fovea\//i

/** What leaves this machine: the assets and the template of a deployment, and what of `build` is packed. */
const shipped = ['cdk.out', ...packedFolders()]

/** A file that is in each of them whenever they are built. */
const seen = [
  'Fovea.template.json',
  'viewer-fn/index.js',
  'lambda/index.js',
  'cli/fovea.js',
  'signer/index.js',
]

function packedFolders(): string[] {
  const { files }: { files: string[] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return files
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
}

suite('the playground', () => {
  test('would be seen', () => {
    for (const file of [
      'build/playground/page.js',
      'edge/playground/server/playground.ts',
      'edge/server.ts',
    ]) {
      assert.match(readFileSync(join(root, file), 'utf8'), trace, file)
    }
  })

  test('is in nothing that is deployed or packed', () => {
    const files = shipped.flatMap((folder) => listFiles(join(root, folder)))
    for (const each of seen)
      assert.ok(
        files.some((file) => file.endsWith(each)),
        each,
      )
    assert.ok(files.filter((file) => /cdk\.out.asset\./.test(file)).length >= 3)
    // Metadata of the template has paths of this machine, whatever the folder is called.
    const traces = files.filter((file) => trace.test(readFileSync(file, 'latin1').replaceAll(root, '/')))
    assert.deepEqual(
      traces.map((file) => relative(root, file)),
      [],
    )
  })

  test('is in no package', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(packed)
    const paths = files.map(({ path }) => path)
    assert.ok(paths.includes('build/signer/index.js') && paths.length > 10, `${paths.length} files`)
    assert.deepEqual(
      paths.filter((path) => /^(?:edge|build\/edge|build\/playground)\//.test(path)),
      [],
    )
  })

  test('has what only it needs among what only development needs', () => {
    const {
      dependencies,
      devDependencies,
    }: Record<string, Record<string, string>> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const name of ['preact', 'uplot']) {
      assert.ok(devDependencies?.[name], name)
      assert.equal(dependencies?.[name], undefined, name)
    }
  })
})
