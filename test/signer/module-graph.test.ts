import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { suite, test } from 'node:test'
import { listProjectFiles, readText } from '../project-files.ts'

/** What `path` imports when it runs: types are gone by then. */
function readImports(path: string): string[] {
  const source = readText(path)
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?(?:([^'"]*?)\sfrom\s+)?['"]([^'"]+)['"]/gm,
  )
  return [...statements]
    .filter(([, typeOnly, names]) => !typeOnly && !/^\{(?:\s*type\s[^,}]*,?)+\s*\}$/.test(names ?? ''))
    .map(([, , , specifier = '']) => specifier)
}

/** Files and packages that loading `entry` loads. */
function walk(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const visit = (path: string) => {
    if (files.has(path)) return
    files.add(path)
    for (const specifier of readImports(path)) {
      if (specifier.startsWith('.')) visit(posix.join(posix.dirname(path), specifier))
      else packages.add(specifier)
    }
  }
  visit(entry)
  return { files, packages }
}

suite('what a backend loads', () => {
  for (const [entry, packages] of [
    ['signer/index.ts', ['crypto', 'node:crypto']],
    // No node:crypto: browsers have none.
    ['signer/client.ts', ['thumbhash']],
    ['signer/cloudfront.ts', ['@aws-sdk/cloudfront-signer', 'node:crypto']],
    [
      'signer/keys.ts',
      [
        '@aws-sdk/client-cloudfront-keyvaluestore',
        '@aws-sdk/signature-v4a',
        'node:crypto',
        'node:dns',
        'node:http',
        'node:timers/promises',
      ],
    ],
  ] as const) {
    test(`with ${entry} is ${packages.join(', ')}, grammar and signer`, () => {
      const graph = walk(entry)
      assert.ok(graph.files.size > 3, `${graph.files.size} files`)
      assert.deepEqual([...graph.packages].sort(), packages)
      assert.deepEqual(
        [...graph.files].filter((path) => !/^(?:grammar|signer)\//.test(path)),
        [],
      )
    })
  }

  test('with signer/index.ts has neither the key store nor the command line', () => {
    const { files } = walk('signer/index.ts')
    assert.ok(files.has('grammar/parameters.ts'))
    assert.deepEqual(
      [...files].filter((path) => /cli\/|cloudfront|key-store\.ts/.test(path)),
      [],
    )
  })

  test('is code that nobody names beforehand in one file alone', () => {
    const sources = listProjectFiles().filter((path) => path.startsWith('signer/') && path.endsWith('.ts'))
    assert.ok(sources.length > 30)
    const computed = sources.filter((path) => /\bimport\((?!['"])|createRequire/.test(readText(path)))
    // Its build finds the compiler; what is deployed does not hold it.
    assert.deepEqual(computed, ['signer/cli/settings-file.ts', 'signer/emit-declarations.ts'])
  })
})
