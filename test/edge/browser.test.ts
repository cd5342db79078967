import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { requirement } from '../requirements.ts'
import { closeEdges, openEdge, type RunningEdge } from './running-edge.ts'

const found = spawnSync('chromium', ['--version']).error === undefined

/** Without a display, a sandbox of its own, or a word to hosts of others. */
const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
]

const runFile = promisify(execFile)

suite('a page in Chromium', requirement('chromium', found), () => {
  let running: RunningEdge
  let folder: string

  before(async () => {
    running = await openEdge()
    folder = mkdtempSync(join(tmpdir(), 'fovea-browser-'))
    const picture = (colour: string) =>
      sharp({ create: { width: 400, height: 400, channels: 4, background: colour } })
        .png()
        .toBuffer()
    running.put('red.png', await picture('#ff0000'))
    running.put('clear.png', await picture('#00000000'))
  })
  after(async () => {
    await closeEdges()
    rmSync(folder, { recursive: true, force: true })
  })

  test('shows what was asked for, and is given what is best without asking for it', async () => {
    const image = (target: string) =>
      `<img style="display:block" width="100" height="100" src="${running.edge.url}${target}">`
    const page = `<body style="margin:0;background:#0000ff">${image('/red.png?w=160')}${image('/clear.png?w=160&f=jpeg')}${image('/clear.png?w=160')}`
    const [red, white, transparent] = await screenshot(page)
    assert.ok(isNear(red, [255, 0, 0]), `the first picture is ${red}`)
    assert.ok(isNear(white, [255, 255, 255]), `the second picture is ${white}`)
    assert.ok(isNear(transparent, [0, 0, 255]), `what shows through the third picture is ${transparent}`)

    // What Chromium accepts has become the key: each picture is in the cache, as what suits flat colours best.
    for (const key of [
      '/red.png?rev=1&width=160&format=auto.avif',
      '/clear.png?rev=1&width=160&format=auto.avif',
    ]) {
      const { headers } = await running.ask(key)
      assert.equal(headers['x-cache'], 'Hit from cloudfront', key)
      assert.equal(headers['content-type'], 'image/webp', key)
    }
  })

  test('shows vector graphics that hold styles and pixels, in a picture and as a document, and runs nothing of them', async () => {
    const pixels = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#0000ff' } })
      .png()
      .toBuffer()
    const open = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"'
    const script = '<script>document.documentElement.innerHTML = ""</script>'
    const styled = `${open}><style>.a{fill:#00ff00}</style><rect class="a" width="100" height="100"/></svg>`
    const pictured = `${open} onload="this.innerHTML=''"><image href="data:image/png;base64,${pixels.toString('base64')}" width="100" height="100"/>${script}</svg>`
    running.put('styled.svg', styled)
    running.put('pictured.svg', pictured)
    const { url } = running.edge
    const image = (target: string) => `<img style="display:block" src="${url}${target}">`
    const frame = `<iframe style="display:block;border:0" width="100" height="100" src="${url}/pictured.svg"></iframe>`
    const page = `<body style="margin:0;background:#ff0000">${image('/styled.svg')}${image('/pictured.svg')}${frame}`
    const [green, blue, framed] = await screenshot(page)
    assert.ok(isNear(green, [0, 255, 0]), `what a style colours is ${green}`)
    assert.ok(isNear(blue, [0, 0, 255]), `what holds pixels is ${blue}`)
    assert.ok(isNear(framed, [0, 0, 255]), `what is opened is ${framed}`)
  })

  /** The colours in the middle of three pictures of 100 × 100, one below the other. */
  async function screenshot(html: string): Promise<number[][]> {
    const page = join(folder, 'page.html')
    const shot = join(folder, 'shot.png')
    writeFileSync(page, html)
    const profile = `--user-data-dir=${join(folder, 'profile')}`
    const wanted = [`--screenshot=${shot}`, '--window-size=200,300', '--virtual-time-budget=20000']
    await runFile('chromium', [...flags, profile, ...wanted, `file://${page}`], { timeout: 60_000 })
    const { data, info } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    return [50, 150, 250].map((down) => [...data.subarray((down * info.width + 50) * 3).subarray(0, 3)])
  }
})

/** Within what lossy encoding may change of a plain colour. */
function isNear(colour: readonly number[] | undefined, expected: readonly number[]): boolean {
  return expected.every((channel, index) => Math.abs(channel - (colour?.[index] ?? -999)) <= 12)
}
