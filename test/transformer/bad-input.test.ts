import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { originErrors } from '../../grammar/origin-errors.ts'
import { damaged } from '../images/damaged.ts'
import { foreignFormats, strangers } from '../images/foreign-formats.ts'
import { drawEntityBomb, drawExternalEntity, drawReference, drawScript } from '../images/hostile-svg.ts'
import { oversized } from '../images/oversized.ts'
import { makePhotograph } from '../images/photograph.ts'
import { assertNear, decode } from '../images/pixels.ts'
import { makeQuadrants } from '../images/quadrants.ts'
import { createTransformer, imageOf, problemOf, type Received } from './run.ts'

const transformer = createTransformer()
const { get, pictures, logged } = transformer

/** Milliseconds that nothing here may take, on a slow machine with another test beside it. */
const mostMs = 2000

/** The name lies wherever it can. */
const key = 'uploads/holiday.jpg'

before(async () => {
  pictures['good.jpg'] = await makePhotograph(60, 40).jpeg().toBuffer()
})

const cases = [
  ...list(strangers, 'not-an-image'),
  ...list(foreignFormats, 'not-an-image'),
  ...list(damaged, 'undecodable'),
  ...list({ 'entities that grow tenfold nine times': drawEntityBomb }, 'undecodable'),
  ...list(oversized, 'over-limit'),
] as const

suite('a bad original', () => {
  for (const { name, make, code } of cases) {
    // What is no more than a claim of an SVG's own matters only to its pixels.
    const formats =
      code === 'over-limit' && name.startsWith('an SVG') ? (['webp'] as const) : (['auto', 'webp'] as const)
    for (const format of formats) {
      test(`of ${name} is 415 ${code} to ${format}, and the next is served`, async () => {
        pictures[key] = await make()
        const received = await getInTime({ format })
        assert.equal(`${received.status} ${problemOf(received).code}`, `415 ${code}`)
        assert.equal(received.headers['cache-control'], `public, max-age=${originErrors[code].maxAgeSeconds}`)
        assert.equal((await get('good.jpg', { width: 30, format: 'webp' })).status, 200)
        // Nobody is woken for what people upload.
        assert.deepEqual(logged, [])
      })
    }
  }

  for (const [format, bytes] of Object.entries(foreignFormats)) {
    test(`of ${format} is called so`, async () => {
      pictures[key] = bytes
      assert.equal(problemOf(await get(key, { format: 'webp' })).received, format)
    })
  }
})

suite('a hostile SVG', () => {
  let folder: string
  let requests = 0
  const server = createServer((_request, response) => {
    requests++
    response.end()
  })

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fovea-'))
    writeFileSync(join(folder, 'secret.png'), await makeQuadrants(100, 100).png().toBuffer())
    writeFileSync(join(folder, 'secret.txt'), 'SecretText')
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })

  after(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })

  test('does not reach the network', async () => {
    const { port } = server.address() as AddressInfo
    pictures[key] = drawReference(`http://127.0.0.1:${port}/secret.png`)
    const pixels = await decode(imageOf(await getInTime({ format: 'png' })))
    assertNear(pixels.at(0.25, 0.25), [255, 255, 255], 0)
    assert.equal(requests, 0)
    // The check sees a request where there is one.
    await fetch(`http://127.0.0.1:${port}/`)
    assert.equal(requests, 1)
  })

  test('does not show a file', async () => {
    for (const href of [
      pathToFileURL(join(folder, 'secret.png')).href,
      join(folder, 'secret.png'),
      'secret.png',
    ]) {
      pictures[key] = drawReference(href)
      const pixels = await decode(imageOf(await getInTime({ format: 'png' })))
      for (const [across, down] of [
        [0.25, 0.25],
        [0.75, 0.25],
        [0.75, 0.75],
      ] as const) {
        assertNear(pixels.at(across, down), [255, 255, 255], 0)
      }
    }
  })

  test('does not read a file through an entity', async () => {
    pictures[key] = drawExternalEntity(pathToFileURL(join(folder, 'secret.txt')).href)
    const received = await getInTime({ format: 'png' })
    assert.ok(!received.body.includes('SecretText'))
    assert.ok([200, 415].includes(received.status), String(received.status))
  })

  test('is drawn without its script, and answered as pixels', async () => {
    pictures[key] = drawScript()
    const received = await getInTime({ format: 'png' })
    assert.equal(received.headers['content-type'], 'image/png')
    assertNear((await decode(imageOf(received))).at(0.5, 0.5), [0, 170, 0], 1)
  })
})

async function getInTime(parameters: Parameters<typeof get>[1]): Promise<Received> {
  const startedAt = performance.now()
  const received = await get(key, parameters)
  const tookMs = performance.now() - startedAt
  assert.ok(tookMs < mostMs, `took ${tookMs.toFixed(0)} ms`)
  return received
}

function list<Code extends 'not-an-image' | 'undecodable' | 'over-limit'>(
  pictures: Readonly<Record<string, Buffer | (() => Buffer | Promise<Buffer>)>>,
  code: Code,
) {
  return Object.entries(pictures).map(([name, picture]) => ({
    name,
    make: typeof picture === 'function' ? picture : () => picture,
    code,
  }))
}
