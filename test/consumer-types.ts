import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root } from './project-files.ts'

const exec = promisify(execFile)

/** How projects that use a package find its types. */
const resolutions = [
  ['NodeNext', 'NodeNext'],
  ['ESNext', 'Bundler'],
] as const

/**
 * Tests that `file`, in the project at `folderOf()`, compiles against the package it imports, whichever way types are found.
 *
 * @param skipLibCheck whether declarations of libraries, not all of them ours, are taken as they are.
 */
export function testConsumerTypes(folderOf: () => string, file: string, skipLibCheck: boolean): void {
  for (const [module, moduleResolution] of resolutions) {
    test(`has the types that a project with ${moduleResolution} needs`, async () => {
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'ES2022',
        strict: true,
        noEmit: true,
        skipLibCheck,
        types: ['node'],
      }
      const folder = folderOf()
      const config = join(folder, `tsconfig.${module}.json`)
      await writeFile(config, JSON.stringify({ compilerOptions, files: [file] }))
      await exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config]).catch(
        ({ stdout }: { stdout: string }) => assert.fail(stdout),
      )
    })
  }
}
