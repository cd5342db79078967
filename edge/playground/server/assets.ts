import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { builtPage } from '../built-page.ts'
import { Refusal } from './refusal.ts'
import { ownHeaders } from './send.ts'

/** The files of the page by their paths under `/_fovea/`: nothing else of the folder is answered. */
const assets: Readonly<Record<string, { file: string; contentType: string }>> = {
  '': { file: 'index.html', contentType: 'text/html; charset=utf-8' },
  'page.js': { file: 'page.js', contentType: 'text/javascript; charset=utf-8' },
  'page.css': { file: 'page.css', contentType: 'text/css; charset=utf-8' },
}

/**
 * What the page may do: run its own script and style, show pictures of this edge and those that it has itself, and ask this edge.
 * Scripts set styles through the object model, which `style-src` does not keep from it.
 */
const pagePolicy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Whether the page has a file of this path. */
export function isAsset(path: string): boolean {
  return Object.hasOwn(assets, path)
}

/** Sends the file of this path, read anew: it is built again while the page is worked on. */
export async function sendAsset(path: string, response: ServerResponse): Promise<void> {
  const { file, contentType } = assets[path] ?? { file: '', contentType: '' }
  const body = await readFile(join(builtPage, file)).catch(() => {
    throw new Refusal(
      404,
      'Not built',
      `expected ${file}, which npx tsx edge/playground/build.ts makes, but found none`,
    )
  })
  response.writeHead(200, {
    ...ownHeaders,
    'content-type': contentType,
    'content-security-policy': pagePolicy,
    'cross-origin-opener-policy': 'same-origin',
  })
  response.end(body)
}
