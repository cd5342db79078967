import assert from 'node:assert/strict'
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { listProjectFiles, readText, root } from './project-files.ts'

interface LockedPackage {
  resolved?: string
  optionalDependencies?: Record<string, string>
}

/** Lines from which a file has to say why it is one. */
const maxLines = 250

/** Files that are longer, and why. */
const longFiles: Readonly<Record<string, string>> = {
  'grammar/parameters.ts': 'one table, a row for each parameter',
}

const sourceFolders = [
  'grammar',
  'viewer-fn',
  'transformer',
  'signer',
  'edge',
  'infra',
  'bench',
  'docs',
  'gallery',
  'tools',
]

const files = listProjectFiles()

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(readText('package-lock.json'))
const locked = Object.entries(lock.packages)

suite('the repository', () => {
  test('locks no registry: package-lock.json has no resolved URLs', () => {
    assert.ok(locked.length > 100, `${locked.length} packages`)
    assert.deepEqual(
      locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
      [],
    )
  })

  test('locks every optional package that is named, without which npm 11 refuses `npm ci`', () => {
    const optional = locked.flatMap(([, { optionalDependencies }]) => Object.keys(optionalDependencies ?? {}))
    assert.ok(optional.length > 20, `${optional.length} optional packages`)
    assert.deepEqual(
      optional.filter((name) => !locked.some(([path]) => path.endsWith(`node_modules/${name}`))),
      [],
    )
  })

  test(`has no source file above ${maxLines} lines but those with a reason`, () => {
    const sources = files.filter(
      (path) => /\.tsx?$/.test(path) && sourceFolders.includes(path.split('/')[0] ?? ''),
    )
    assert.ok(sources.length > 100, `${sources.length} source files`)
    const long = sources.filter((path) => readText(path).split('\n').length - 1 > maxLines)
    assert.deepEqual(long, Object.keys(longFiles).sort())
  })

  for (const path of ['LICENSE', 'CHANGELOG.md', 'README.md', '.ci/run']) {
    test(`has ${path}, and something in it`, () => assert.ok(readText(path).trim().length > 200))
  }

  test('names in README the two commands, as they are typed', () => {
    const readme = readText('README.md')
    for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
      assert.ok(readme.includes(`\n\`\`\`sh\n${command}\n\`\`\`\n`), command)
    }
  })

  test('has every npm script that the documentation and .ci/run name', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(readText('package.json'))
    const pages = files.filter((path) => path.endsWith('.md') || path === '.ci/run')
    assert.ok(pages.length > 10, `${pages.length} pages`)
    const text = pages.map(readText).join('\n')
    const named = [...text.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[a-z][\w:-]*)/g)].map(
      ([, name = '']) => name,
    )
    assert.ok(new Set(named).size >= 10, named.join(' '))
    assert.deepEqual(
      [...new Set(named)].filter((name) => !scripts[name]),
      [],
    )
  })

  test('runs in continuous integration the command of the README', () => {
    accessSync(join(root, '.ci/run'), constants.X_OK)
    assert.match(readText('.ci/run'), /^npm ci && npm test\b/m)
  })
})
