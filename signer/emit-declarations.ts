import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const buildFolder = fileURLToPath(new URL('../build', import.meta.url))

/**
 * Writes the declarations of `entries`, absolute paths, and of all that they name, in the folders of their sources.
 *
 * @param outDir a folder of their own, from `build`, emptied first.
 */
export async function emitDeclarations(entries: readonly string[], outDir: string): Promise<void> {
  const config = join(buildFolder, `tsconfig.${outDir.replaceAll(/[^\w-]+/g, '-')}.json`)
  await rm(resolve(buildFolder, outDir), { recursive: true, force: true })
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
        outDir,
        typeRoots: ['../node_modules/@types'],
      },
      files: entries,
      include: [],
      exclude: [],
    }),
  )
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', config])
  } catch (error) {
    throw new Error(`the declarations in ${outDir} do not compile\n${(error as { stdout?: string }).stdout}`)
  } finally {
    await rm(config)
  }
}
