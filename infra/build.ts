import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { emitDeclarations } from '../signer/emit-declarations.ts'
import { lockExtract } from './built-files.ts'
import { extractSharpPackages } from './sharp-packages.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const entry = join(root, 'infra/index.ts')

/** Builds what the package exports as `fovea/infra`, its declarations, and what it has to know of the lock file, into `outdir`. */
export async function buildInfra(outdir = dirname(lockExtract)): Promise<void> {
  await Promise.all([
    build({
      entryPoints: [entry],
      outdir,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      // The CDK above all: a construct must be one of the very CDK that its app has.
      packages: 'external',
      legalComments: 'none',
      logLevel: 'warning',
    }),
    emitDeclarations([entry], join(outdir, 'types')),
  ])
  const lock = extractSharpPackages(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')))
  await writeFile(join(outdir, basename(lockExtract)), `${JSON.stringify(lock, null, 1)}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildInfra()
