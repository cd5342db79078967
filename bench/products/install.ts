import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keepFile } from '../kept-file.ts'
import type { Product } from './products.ts'

/**
 * Installs a product, once, in a folder for temporary files, each apart so that it has its own sharp, and returns the folder.
 *
 * @throws Error with what npm says.
 */
export async function installProduct({ packages }: Product): Promise<string> {
  const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
  const folder = join(tmpdir(), `fovea-bench-${names.join('-')}`)
  await mkdir(folder, { recursive: true })
  await keepFile(join(folder, 'installed.json'), async (path) => {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
    // No script of theirs is needed, nor run.
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock']
    await promisify(execFile)('npm', ['install', ...options, ...names], { cwd: folder })
    await writeFile(path, JSON.stringify(names))
  })
  return folder
}
