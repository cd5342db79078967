import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from '../project.ts'
import { builtPage } from './built-page.ts'

const page = join(root, 'edge/playground/page')

/**
 * Bundles the page into `build/playground`: index.html, page.js and page.css, which is what its modules import of style sheets.
 * For the browsers of a developer of today.
 *
 * @throws Error where the bundle fails.
 */
export async function buildPlayground(outdir: string = builtPage): Promise<void> {
  await mkdir(outdir, { recursive: true })
  await build({
    entryPoints: { page: join(page, 'main.tsx') },
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
  await copyFile(join(page, 'index.html'), join(outdir, 'index.html'))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPlayground()
