import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { suite, test } from 'node:test'
import { listProjectFiles, readText } from './project-files.ts'

/** What the files of a folder may import. */
interface Layer {
  /** Beginnings of the paths that they may import. */
  paths: readonly string[]
  /** Packages, Node's own included. */
  packages: RegExp
  /** What is there at least, so that a search that finds nothing fails. */
  atLeast: { files: number; imports: number }
}

const nodeOnly = /^node:/
const anyPackage = /./
/** Only `infra` may know that there is a CDK: it is large, slow to load, and no part of what runs. */
const anyButCdk = /^(?!aws-cdk-lib|constructs)/

/** By folder: the longest that a path lies in. */
const layers: Readonly<Record<string, Layer>> = {
  // All others build on it, the edge function too, where nothing else exists.
  grammar: { paths: ['grammar/'], packages: /^crypto$/, atLeast: { files: 20, imports: 30 } },
  // `cloudfront` and `crypto` are modules of CloudFront's own runtime.
  'viewer-fn': {
    paths: ['grammar/', 'viewer-fn/'],
    packages: /^(?:cloudfront|crypto)$/,
    atLeast: { files: 5, imports: 12 },
  },
  // What it needs of settings it loads at run time, from the caller's own file: signer/cli/settings-file.ts.
  signer: { paths: ['grammar/', 'signer/'], packages: anyButCdk, atLeast: { files: 30, imports: 100 } },
  transformer: {
    paths: ['grammar/', 'transformer/'],
    packages: anyButCdk,
    atLeast: { files: 20, imports: 80 },
  },
  // It runs the built function, the built transformer and the synthesized template: their source would prove less.
  edge: { paths: ['edge/'], packages: anyButCdk, atLeast: { files: 50, imports: 130 } },
  // Part of the local edge and of nothing that is deployed: it explains and signs with the very code of the command line.
  'edge/playground': {
    paths: ['edge/playground/', 'edge/', 'grammar/', 'signer/'],
    packages: anyButCdk,
    atLeast: { files: 20, imports: 80 },
  },
  // It runs in a browser, which has nothing of Node. `fovea` stands in code that it shows.
  'edge/playground/page': {
    paths: ['edge/playground/page/', 'edge/playground/api.ts', 'grammar/', 'signer/'],
    packages: /^(?:preact|uplot|fovea$)/,
    atLeast: { files: 40, imports: 120 },
  },
  // What runs in Lambda beside the transformer: it must not load the CDK, and has the command line's own way with keys.
  'infra/functions': {
    paths: ['infra/functions/', 'grammar/', 'signer/keys/'],
    packages: anyButCdk,
    atLeast: { files: 8, imports: 20 },
  },
  infra: {
    paths: ['infra/', 'grammar/', 'fovea.config.ts'],
    packages: anyPackage,
    atLeast: { files: 20, imports: 80 },
  },
  docs: { paths: ['docs/', 'grammar/'], packages: nodeOnly, atLeast: { files: 5, imports: 12 } },
  gallery: {
    paths: ['gallery/', 'docs/', 'edge/samples/', 'grammar/', 'transformer/'],
    packages: anyButCdk,
    atLeast: { files: 5, imports: 15 },
  },
  bench: {
    // Of `infra` the prices alone, which the dashboard has too: one file to change.
    paths: [
      ...['bench/', 'docs/markdown.ts', 'edge/', 'edge/playground/image-accepts.ts'],
      ...['grammar/', 'infra/monitoring/prices.ts'],
      ...['signer/', 'transformer/'],
    ],
    packages: anyButCdk,
    atLeast: { files: 10, imports: 25 },
  },
  // It works on deployments that are there: from outside, through the CDK's command line, with what `infra` knows of accounts.
  tools: {
    paths: ['tools/', 'infra/', 'signer/'],
    packages: nodeOnly,
    atLeast: { files: 15, imports: 50 },
  },
  test: { paths: [''], packages: anyPackage, atLeast: { files: 80, imports: 400 } },
}

/** By path, in place of the layer of their folder. */
const exceptions: Readonly<Record<string, Pick<Layer, 'paths' | 'packages'>>> = {
  // Public keys may be files.
  'fovea.config.ts': { paths: ['infra/settings.ts'], packages: /^node:fs$/ },
  // The settings of the deployment that the trace is of.
  'bench/load/trace.config.ts': { paths: ['infra/settings.ts', 'bench/trace/'], packages: /^$/ },
  // The only file of the build that knows which library reads and writes syntax trees.
  'viewer-fn/syntax-tree.ts': { paths: ['viewer-fn/'], packages: /^terser$/ },
  // Its bound of bytes is that of those who write settings into it, and of its bench.
  'viewer-fn/build.ts': { paths: ['viewer-fn/', 'grammar/'], packages: /^(?:node:|esbuild$)/ },
  'infra/build.ts': { paths: ['infra/', 'signer/emit-declarations.ts'], packages: /^(?:node:|esbuild$)/ },
  ...Object.fromEntries(
    ['transformer', 'signer', 'infra/functions'].map((folder) => [
      `${folder}/build.ts`,
      { paths: [`${folder}/`], packages: /^(?:node:|esbuild$)/ },
    ]),
  ),
  // What the local edge knows of its playground: how it is built and opened. All else of it has none.
  'edge/build.ts': { paths: ['edge/', 'edge/playground/build.ts'], packages: /^(?:node:|esbuild$)/ },
  'edge/watch.ts': { paths: ['edge/', 'edge/playground/build.ts'], packages: /^(?:node:|chokidar$)/ },
  'edge/main.ts': { paths: ['edge/', 'edge/playground/server/playground.ts'], packages: nodeOnly },
  'edge/playground/build.ts': {
    paths: ['edge/playground/', 'edge/project.ts'],
    packages: /^(?:node:|esbuild$)/,
  },
}

interface Import {
  from: string
  /** A path from the root where it is relative, else the name of a package. */
  to: string
  relative: boolean
}

const allFiles = listProjectFiles()
const files = allFiles.filter((path) => /\.tsx?$/.test(path))
const imports = files.flatMap((from) => readImports(from, readText(from)))

suite('readSpecifiers', () => {
  // Joined here, or this file would import them.
  const from = ['from', "'sharp'"].join(' ')
  const quoted = "'sharp'"
  for (const source of [
    `import sharp ${from}`,
    `import type { Sharp } ${from}`,
    `import {\n  type A,\n  b as c,\n} ${from}`,
    `import * as sharp ${from}`,
    `import sharp, { type Sharp } ${from}`,
    `export { default } ${from}`,
    `export type * ${from}`,
    `export * as sharp ${from}`,
    `import ${quoted}`,
    `const sharp = await import(${quoted})`,
    `type Sharp = typeof import(${quoted})`,
    `const sharp = require(${quoted})`,
  ]) {
    test(`sees ${source.replace(/\s+/g, ' ')}`, () => assert.deepEqual(readSpecifiers(source), ['sharp']))
  }

  test('sees no import in text and comments', () => {
    assert.deepEqual(
      readSpecifiers(`// import a ${from}\n/** export b ${from} */\nconst c = "import ${from}"`),
      [],
    )
  })
})

suite('layering', () => {
  test('every file belongs to a layer', () => {
    assert.deepEqual(
      files.filter((path) => !exceptions[path] && !layers[layerFolder(path)]),
      [],
    )
  })

  for (const [folder, { atLeast }] of Object.entries(layers)) {
    test(`${folder} imports only what it may`, () => {
      const own = imports.filter(({ from }) => layerFolder(from) === folder)
      assert.ok(files.filter((path) => layerFolder(path) === folder).length >= atLeast.files, 'files seen')
      assert.ok(own.length >= atLeast.imports, `imports seen: ${own.length}`)
      assert.deepEqual(own.filter((each) => !isAllowed(each)).map(describeImport), [])
    })
  }

  test('the settings of a deployment import only their type', () => {
    const own = imports.filter(({ from }) => from === 'fovea.config.ts')
    assert.ok(own.length > 0)
    assert.deepEqual(own.filter((each) => !isAllowed(each)).map(describeImport), [])
  })

  test('every relative import names a file of the project', () => {
    // Style sheets are imported too.
    const known = new Set(allFiles)
    assert.deepEqual(imports.filter(({ to, relative }) => relative && !known.has(to)).map(describeImport), [])
  })

  test('no file imports itself by way of others', () => {
    assert.deepEqual(findCycle()?.join(' → '), undefined)
  })
})

/** What `source` imports, as it is written. */
function readSpecifiers(source: string): string[] {
  const patterns = [
    /^\s*import\s+(?:[\w\s{},*]+\s+from\s+)?['"]([^'"]+)['"]/gm,
    /^\s*export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+['"]([^'"]+)['"]/gm,
    /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
  ]
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, specifier = '']) => specifier))
}

function readImports(from: string, source: string): Import[] {
  return readSpecifiers(source).map((specifier) => {
    const relative = specifier.startsWith('.')
    return { from, to: relative ? posix.join(posix.dirname(from), specifier) : specifier, relative }
  })
}

function isAllowed({ from, to, relative }: Import): boolean {
  const layer = exceptions[from] ?? layers[layerFolder(from)]
  if (!layer) return false
  if (!relative) return layer.packages.test(to)
  // A layer within a folder is not meant where the folder is.
  return layer.paths.some((path) => to.startsWith(path) && (path === '' || path.startsWith(layerFolder(to))))
}

function describeImport({ from, to }: Import): string {
  return `${from} imports ${to}`
}

/** The folder of `layers` that a path lies in; '' where there is none. */
function layerFolder(path: string): string {
  const folders = Object.keys(layers).filter((folder) => path.startsWith(`${folder}/`))
  return folders.sort((one, other) => other.length - one.length)[0] ?? ''
}

/** The files of a cycle, the first one again at its end; undefined where there is none. */
function findCycle(): string[] | undefined {
  const finished = new Set<string>()
  const visit = (path: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path]
    if (finished.has(path)) return undefined
    for (const { to } of imports.filter(({ from, relative }) => relative && from === path)) {
      const cycle = visit(to, [...above, path])
      if (cycle) return cycle
    }
    finished.add(path)
    return undefined
  }
  for (const path of files) {
    const cycle = visit(path, [])
    if (cycle) return cycle
  }
  return undefined
}
