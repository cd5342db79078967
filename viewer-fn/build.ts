import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin, transform } from 'esbuild'
import { maxCodeBytes } from '../grammar/function-bytes.ts'
import { shrink } from './shrink.ts'

/** Stands in the built file where `infra` writes the settings at synthesis. */
const settingsPlaceholder = '__FOVEA_SETTINGS__'

const folder = dirname(fileURLToPath(import.meta.url))
const outputFile = join(folder, '../build/viewer-fn/index.js')

/** The syntax that runtime 2.0 has beyond ES5; for the rest esbuild lowers or fails. */
const supported = {
  arrow: true,
  'async-await': true,
  'const-and-let': true,
  'exponent-operator': true,
  'object-accessors': true,
  'regexp-named-capture-groups': true,
  'rest-argument': true,
  'template-literal': true,
}

/**
 * Takes the exports of a `*-lines.ts` of the grammar as they are, computed now, in place of the code that computes them: the
 * function has no room for the prose of the tables.
 */
const computedTables: Plugin = {
  name: 'computed-tables',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]grammar[\\/][\w-]+-lines\.ts$/ }, async ({ path }) => {
      const exported: object = await import(pathToFileURL(path).href)
      const tables = Object.entries(exported).map(
        ([name, value]) => `export const ${name} = ${JSON.stringify(value)}`,
      )
      return { contents: tables.join('\n'), loader: 'js' }
    })
  },
}

/**
 * Bundles the function into one file in the dialect of runtime 2.0 and returns its bytes.
 *
 * @throws Error where a construct or the size is more than CloudFront takes.
 */
export async function buildViewerFunction(): Promise<number> {
  const result = await build({
    entryPoints: [join(folder, 'handler.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es5',
    supported,
    charset: 'utf8',
    plugins: [computedTables],
    external: ['cloudfront', 'crypto'],
    legalComments: 'none',
    logLevel: 'warning',
  })
  const code = nameHandler(result.outputFiles[0]?.text ?? '')
  const source = await shrink(code, { kept: ['handler'], ownProperties })
  await checkDialect(source)
  const bytes = Buffer.byteLength(source) - settingsPlaceholder.length
  if (bytes > maxCodeBytes) {
    throw new Error(`expected at most ${maxCodeBytes} bytes of edge function but built ${bytes}`)
  }
  await mkdir(dirname(outputFile), { recursive: true })
  await writeFile(outputFile, source)
  return bytes
}

/** CloudFront calls a global `handler`: the bundle's only export, which a script does not have. */
function nameHandler(bundle: string): string {
  const script = bundle.replace(/export\s*\{\s*handler\s*\};?\s*$/, '')
  if (script === bundle) throw new Error('expected the bundle to end with the export of handler')
  return script
}

/**
 * Properties that only the function itself sees, by names that it may shorten. Never one that an event, an answer, the
 * settings or a parameter has.
 */
export const ownProperties = /^(?:deviceWidth|saveData|viewportWidth)$/

/** What esbuild lets pass although the runtime does not have it. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\.replaceAll\(/, 'replaceAll, which the nearest engine that can be tested lacks'],
  [/\.(?:flat|flatMap|at|matchAll|normalize|localeCompare)\(/, 'a built-in that the runtime lacks'],
  [
    /\b(?:Map|Set|WeakMap|URL|URLSearchParams|Proxy|Symbol|BigInt|Intl)\b\s*\(/,
    'a class that the runtime lacks',
  ],
  [/\bObject\.fromEntries\b|\bArray\.from\b/, 'a static method that the runtime lacks'],
  [/\bnew Function\b|\beval\(/, 'code generation, which the runtime forbids'],
  // How esbuild writes a literal whose flags the dialect lacks.
  [/\bnew RegExp\(/, 'a regular expression flag that the runtime lacks'],
]

async function checkDialect(code: string): Promise<void> {
  // Fails on syntax beyond the dialect, whichever tool wrote it.
  await transform(code, { target: 'es5', supported, logLevel: 'silent' })
  for (const [pattern, what] of forbidden) {
    const found = pattern.exec(code)
    if (found)
      throw new Error(`the edge function uses ${what}: …${code.slice(found.index, found.index + 60)}…`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const bytes = await buildViewerFunction()
  console.log(`viewer-fn: ${bytes} of ${maxCodeBytes} bytes`)
}
