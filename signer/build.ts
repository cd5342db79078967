import { chmod, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { emitDeclarations } from './emit-declarations.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const buildFolder = join(root, 'build')

/** What packages import, by the name of its file. */
const entries = {
  index: join(root, 'signer/index.ts'),
  keys: join(root, 'signer/keys.ts'),
  cloudfront: join(root, 'signer/cloudfront.ts'),
}

/** What pages import: it runs in browsers too, so nothing of Node's may be in it. */
const pageEntries = { client: join(root, 'signer/client.ts') }

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
  const declared = Object.values({ ...entries, ...pageEntries })
  await Promise.all([buildEntries(), buildCli(), emitDeclarations(declared, 'types')])
}

async function buildEntries(): Promise<void> {
  const outdir = join(buildFolder, 'signer')
  await Promise.all([
    build({ ...shared, entryPoints: entries, outdir }),
    build({ ...shared, platform: 'browser', target: 'es2022', entryPoints: pageEntries, outdir }),
  ])
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildSigner()
