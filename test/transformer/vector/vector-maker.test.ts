import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createVectorMaker } from '../../../transformer/vector/vector-maker.ts'
import { drawEdge, drawSvg } from '../../images/drawing.ts'
import { drawCostly } from '../../images/hostile-svg.ts'
import { oversized } from '../../images/oversized.ts'
import { createTransformer, imageOf, problemOf } from '../run.ts'

const script = fileURLToPath(new URL('./vector-script.ts', import.meta.url))

/** In the arguments of our children, to find them among all processes. */
const token = randomUUID()
const vectors = createVectorMaker(script, [token])
const { get, pictures, logged } = createTransformer({ 'edge.svg': drawEdge(100, 100) }, { vectors })

suite('the vector maker', () => {
  test('makes what this process would make', async () => {
    const alone = createTransformer(pictures)
    for (const format of ['png', 'webp', 'avif'] as const) {
      const given = { width: 333, format } as const
      const [forked, here] = [await get('edge.svg', given), await alone.get('edge.svg', given)]
      assert.deepEqual(imageOf(forked), imageOf(here))
      assert.equal(forked.headers.etag, here.headers.etag)
      assert.equal(forked.headers['x-fovea-variant'], here.headers['x-fovea-variant'])
    }
  })

  test('keeps one child for the next', async () => {
    assert.equal(countChildren(), 1)
    await get('edge.svg', { width: 10, format: 'png' })
    assert.equal(countChildren(), 1)
  })

  test('works on several at a time and keeps one child of them', async () => {
    const widths = [10, 20, 30]
    const answers = await Promise.all(widths.map((width) => get('edge.svg', { width, format: 'png' })))
    for (const [index, answer] of answers.entries()) {
      assert.match(answer.headers['x-fovea-variant'] ?? '', new RegExp(`width=${widths[index]},`))
    }
    await waitForChildren(1)
  })

  test('passes on what the drawing is refused for', async () => {
    const huge = oversized['an SVG of huge width and height']
    assert.ok(huge)
    pictures['huge.svg'] = await huge()
    const received = await get('huge.svg', { width: 10, format: 'png' })
    assert.equal(`${received.status} ${problemOf(received).code}`, '415 over-limit')
    pictures['broken.svg'] = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">')
    assert.equal(problemOf(await get('broken.svg', { format: 'png' })).code, 'undecodable')
    assert.deepEqual(logged, [])
  })

  test('ends a drawing that takes too long, and with it its process, and draws the next', async () => {
    const startedAt = performance.now()
    const limited = createTransformer({ 'costly.svg': drawCostly() }, { vectors, remainingMs: 1700 })
    const received = await limited.get('costly.svg', { width: 4000, format: 'png' })
    assert.equal(`${received.status} ${problemOf(received).code}`, '415 too-costly')
    assert.ok(performance.now() - startedAt < 4000)
    await waitForChildren(0)
    assert.equal((await get('edge.svg', { width: 10, format: 'png' })).status, 200)
  })

  test('draws the next after its idle child was killed', async () => {
    await get('edge.svg', { width: 10, format: 'png' })
    assert.equal(countChildren(), 1)
    for (const pid of listChildren()) process.kill(pid, 'SIGKILL')
    assert.equal((await get('edge.svg', { width: 10, format: 'png' })).status, 200)
  })

  test('is not asked for what is no vector graphic', async () => {
    const refusing = { make: () => Promise.reject(new Error('asked')) }
    const picture = await get('edge.svg', { width: 10, format: 'png' })
    const transformer = createTransformer({ x: imageOf(picture), y: drawSvg('', '') }, { vectors: refusing })
    assert.equal((await transformer.get('x', { format: 'webp' })).status, 200)
    assert.equal((await transformer.get('y', { format: 'webp' })).status, 503)
  })

  test('takes a renderer that cannot start for our own trouble, not the drawing’s', async () => {
    const broken = createVectorMaker(`${script}.missing`, [], [])
    const transformer = createTransformer(pictures, { vectors: broken })
    const received = await transformer.get('edge.svg', { width: 10, format: 'png' })
    assert.equal(received.status, 503)
  })
})

/** The processes of our children. */
function listChildren(): number[] {
  return execFileSync('ps', ['-eo', 'pid,stat,args'], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, state, ...args]) => args.includes(token) && !state?.startsWith('Z'))
    .map(([pid]) => Number(pid))
}

function countChildren(): number {
  return listChildren().length
}

async function waitForChildren(count: number): Promise<void> {
  for (let tries = 0; tries < 40 && countChildren() !== count; tries++) await delay(50)
  assert.equal(countChildren(), count)
}
