import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../project-files.ts'
import { requirement } from '../requirements.ts'
import { signing } from './vectors.ts'

const recipes = join(root, 'docs/signing')
const drivers = join(root, 'test/signing/drivers')

/** A program and its arguments. */
type Command = readonly [program: string, ...args: string[]]

/** How a recipe, as it is in docs/signing, is run by its driver, which signs what it reads. */
interface Language {
  /** As FOVEA_REQUIRE lists it. */
  name: string
  recipe: string
  /** Tells by succeeding that the language is there. */
  probe: Command
  /** What is run before, given an empty folder, in that folder. */
  prepare?: (folder: string) => void
  command: (folder: string) => Command
}

const languages: readonly Language[] = [
  {
    name: 'node',
    recipe: 'sign.mjs',
    probe: ['node', '--version'],
    command: () => ['node', join(drivers, 'driver.mjs'), recipes],
  },
  {
    name: 'python3',
    recipe: 'sign.py',
    probe: ['python3', '--version'],
    // Without -B it would leave what it compiled beside the recipe.
    command: () => ['python3', '-B', '-W', 'error', join(drivers, 'driver.py'), recipes],
  },
  {
    name: 'php',
    recipe: 'sign.php',
    probe: ['php', '--version'],
    command: () => ['php', join(drivers, 'driver.php'), recipes],
  },
  {
    name: 'ruby',
    recipe: 'sign.rb',
    probe: ['ruby', '--version'],
    command: () => ['ruby', '-w', join(drivers, 'driver.rb'), recipes],
  },
  {
    name: 'go',
    recipe: 'sign.go',
    probe: ['go', 'version'],
    prepare: (folder) => {
      // A package is a folder of a module: this one consists of links.
      writeFileSync(join(folder, 'go.mod'), 'module vectors\n\ngo 1.20\n')
      symlinkSync(join(drivers, 'driver.go'), join(folder, 'driver.go'))
      mkdirSync(join(folder, 'signing'))
      symlinkSync(join(recipes, 'sign.go'), join(folder, 'signing/sign.go'))
    },
    command: () => ['go', 'run', '.'],
  },
  {
    name: 'java',
    recipe: 'Sign.java',
    probe: ['javac', '-version'],
    prepare: (folder) => {
      const sources = [join(recipes, 'Sign.java'), join(drivers, 'Driver.java')]
      run(['javac', '-Xlint:all', '-Werror', '-d', folder, ...sources], folder, '')
    },
    command: (folder) => ['java', '-cp', folder, 'Driver'],
  },
]

/** One vector a line. No key, name or value holds a tab or a line end: the grammar refuses control characters. */
const input = signing.vectors
  .map(({ secret, kid, exp, key, parameters }) => [secret, kid, exp, key, ...parameters.flat()].join('\t'))
  .map((line) => `${line}\n`)
  .join('')

suite('the recipes for signing', () => {
  test('are those that are run here', () => {
    assert.deepEqual(
      readdirSync(recipes)
        .filter((file) => !file.endsWith('.ts'))
        .sort(),
      languages.map(({ recipe }) => recipe).sort(),
    )
  })

  for (const { name, recipe, probe, prepare, command } of languages) {
    test(`${recipe} gives the URL of each of the ${signing.vectors.length} vectors`, (context) => {
      const [program, ...args] = probe
      // Asked in here, so that a language which is required but missing fails its own test alone.
      const { skip } = requirement(name, spawnSync(program, args).status === 0)
      if (skip) return context.skip(skip)
      const folder = mkdtempSync(join(tmpdir(), 'fovea-recipe-'))
      try {
        prepare?.(folder)
        const urls = run(command(folder), folder, input).split(/\r?\n/)
        assert.equal(urls.pop(), '')
        assert.deepEqual(
          urls.map((url, at) => [signing.vectors[at]?.name, url]),
          signing.vectors.map((vector) => [vector.name, vector.url]),
        )
      } finally {
        rmSync(folder, { recursive: true })
      }
    })
  }
})

/** What the command prints, which must succeed without a complaint. */
function run([program, ...args]: Command, folder: string, standardInput: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    input: standardInput,
    encoding: 'utf8',
    // Go compiles its own library the first time: 7 s on two idle cores, several times that under load.
    timeout: 180_000,
    env: {
      ...process.env,
      // A recipe must not lean on a locale of UTF-8, which servers often lack.
      LC_ALL: 'C',
      GOFLAGS: '-mod=mod',
      GOPROXY: 'off',
      GOTOOLCHAIN: 'local',
      GOWORK: 'off',
    },
  })
  assert.deepEqual({ status, error, stderr }, { status: 0, error: undefined, stderr: '' })
  return stdout
}
