import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { imgMarkup, preloadMarkup } from '../../../signer/client/markup.ts'
import { requirement } from '../../requirements.ts'

const found = spawnSync('chromium', ['--version']).error === undefined

const hero = { alt: '', width: 1600, height: 900, sizes: '100vw', priority: 'high' } as const
const lazy = {
  alt: '',
  width: 800,
  height: 600,
  sizes: '50vw',
  attributes: { style: 'width:300px;height:auto' },
}

const page = `<!doctype html><head>${preloadMarkup('hero.jpg', hero)}</head><body style="margin:0">
${imgMarkup('hero.jpg', { ...hero, attributes: { style: 'width:100%;height:auto' } })}
${imgMarkup('near.jpg', lazy)}<div style="height:20000px"></div>${imgMarkup('far.jpg', lazy)}`

suite('the markup in Chromium', requirement('chromium', found), () => {
  test('loads each image once, at the width that it has, and none that is far below', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      if (request.url === '/') {
        response.setHeader('content-type', 'text/html')
        response.end(page)
        return
      }
      if (request.url?.includes('.jpg')) asked.push(request.url)
      const width = /width=(\d+)/.exec(request.url ?? '')?.[1] ?? '1'
      response.setHeader('content-type', 'image/svg+xml')
      response.setHeader('cache-control', 'max-age=60')
      response.end(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}"/>`)
    }).listen(0)
    await once(server, 'listening')
    const folder = mkdtempSync(join(tmpdir(), 'fovea-browser-'))
    const url = `http://localhost:${(server.address() as AddressInfo).port}/`
    // Not --dump-dom, which loads lazy images at once.
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--remote-debugging-port=0',
    ]
    const size = ['--window-size=1280,2000', '--force-device-scale-factor=1', `--user-data-dir=${folder}`]
    const child = spawn('chromium', [...flags, ...size, url], { stdio: 'ignore', detached: true })
    try {
      for (let waited = 0; waited < 300 && asked.length < 2; waited += 1) await setTimeout(100)
      // Time for what should not come.
      await setTimeout(1000)
    } finally {
      // Its own processes too, which write to the folder until they end.
      if (child.pid) process.kill(-child.pid)
      await once(child, 'exit')
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    }
    // 300 px wide: `auto` goes before 50vw, which would be 640.
    assert.deepEqual(asked.sort(), ['/hero.jpg?width=1280', '/near.jpg?width=320'])
  })
})
