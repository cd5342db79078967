import { execFile } from 'node:child_process'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type BuildOptions, build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const buildFolder = join(root, 'build')

/** What packages import, by the name of its file. */
const entries = {
  index: join(root, 'signer/index.ts'),
  keys: join(root, 'signer/keys.ts'),
  cloudfront: join(root, 'signer/cloudfront.ts'),
}

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Dependencies of the package, which its users install beside it.
  packages: 'external',
  legalComments: 'none',
  logLevel: 'warning',
}

/** Builds what the package `fovea` exports, its declarations, and the command line. */
export async function buildSigner(): Promise<void> {
  await rm(join(buildFolder, 'types'), { recursive: true, force: true })
  await Promise.all([buildEntries(), buildCli(), emitDeclarations()])
}

async function buildEntries(): Promise<void> {
  await build({ ...shared, entryPoints: entries, outdir: join(buildFolder, 'signer') })
}

/** In pieces, so that what needs AWS is loaded by the commands that use it. */
async function buildCli(): Promise<void> {
  const outdir = join(buildFolder, 'cli')
  await rm(outdir, { recursive: true, force: true })
  await build({
    ...shared,
    entryPoints: { fovea: join(root, 'signer/cli/main.ts') },
    outdir,
    splitting: true,
    banner: { js: '#!/usr/bin/env node' },
  })
  await chmod(join(outdir, 'fovea.js'), 0o755)
}

/** Declarations of the entries and of all that they name, in the folders of their sources. */
async function emitDeclarations(): Promise<void> {
  const config = join(buildFolder, 'tsconfig.types.json')
  await mkdir(buildFolder, { recursive: true })
  await writeFile(
    config,
    JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        allowImportingTsExtensions: false,
        rewriteRelativeImportExtensions: true,
        stripInternal: true,
        rootDir: '..',
        outDir: 'types',
        typeRoots: ['../node_modules/@types'],
      },
      files: Object.values(entries),
      include: [],
      exclude: [],
    }),
  )
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', config]).catch((error: { stdout?: string }) => {
    throw new Error(`the declarations of the signer do not compile\n${error.stdout}`)
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildSigner()
