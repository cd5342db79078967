import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { edgeErrors } from '../../grammar/edge-errors.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { countInstructions, counting } from './count-instructions.ts'
import { assertKeepsSecrets } from './expect.ts'
import { longHeaders, longUrls, maxUrlBytes } from './long-urls.ts'
import { type Edge, loadEdge } from './run-edge.ts'

const everyoneAnything: Partial<DecisionSettings> = {
  access: [['', 'open']],
  hotlinks: { pages: formatPagePattern(['shop.example', '*.shop.example']), strict: true },
}

/**
 * Instructions that any URL may cost beyond those of an ordinary one: twice what the worst did when this was written, and
 * below a third of what the square of its length would be. Each pair of a query costs on its own.
 */
const maxInstructions = 40_000_000
const maxInstructionsOfPair = 90_000
/** What njs takes to start and to read the code, at most. */
const startInstructions = 40_000_000
/** And each piece of Accept. */
const maxInstructionsOfRange = 18_000

suite('a URL as long as CloudFront takes, of evil shape', () => {
  let edge: Edge

  before(async () => {
    edge = await loadEdge(everyoneAnything)
  })

  for (const [name, [path, query]] of Object.entries(longUrls)) {
    test(`is answered: ${name}`, async () => {
      const url = query === undefined ? path : `${path}?${query}`
      const bytes = Buffer.byteLength(url)
      assert.ok(bytes > maxUrlBytes - 200 && bytes <= maxUrlBytes, `${bytes} bytes`)
      const startedAt = performance.now()
      const answer = await edge.ask(url)
      // Far above what it takes, far below what the square of its length would.
      assert.ok(performance.now() - startedAt < 2000)
      assertKeepsSecrets(answer.raw, url)
      if (answer.url === undefined) {
        const { status } = edgeErrors[answer.code as keyof typeof edgeErrors]
        assert.deepEqual([answer.status, status < 500], [status, true])
        // What is quoted is cut: no answer echoes a long URL.
        assert.ok(answer.body.length < 1500, `${answer.body.length} characters`)
      } else assert.ok(answer.url.length < 200 || name.includes('kept'), answer.url.slice(0, 300))
    })
  }
})

suite('a header as long as CloudFront takes', { ...counting, concurrency: 2 }, () => {
  for (const [name, headers] of Object.entries(longHeaders)) {
    test(`costs no more than its length: ${name}`, async (context) => {
      const request = {
        path: '/a.jpg',
        query: 'width=800',
        headers: { host: 'd1.cloudfront.net', ...headers },
      }
      const { answer, instructions } = await countInstructions(request, { own: everyoneAnything })
      assert.match(answer, /referer/.test(Object.keys(headers).join()) ? /^403 .*hotlink/ : /^\/a\.jpg$/)
      const ranges = (headers.accept ?? '').split(',').length
      context.diagnostic(`${instructions} instructions, ${ranges} ranges`)
      assert.ok(instructions < startInstructions + maxInstructions + ranges * maxInstructionsOfRange)
    })
  }
})

/** Of each kind of work the shapes with most of it. */
const counted = [
  ...['separators', 'parameters of two letters', 'encoded percent signs in the path', 'one long value'],
  ...['a long box', 'tildes in a path', 'slashes', 'slashes between letters', 'pictograms, as they are'],
  ...['characters that the encoder leaves', 'canonical, of tildes'],
]

suite('by instructions counted, a long URL', { ...counting, concurrency: 2 }, () => {
  let ordinary: number

  before(async () => {
    const { answer, instructions } = await countInstructions(
      { path: '/a.jpg', query: 'width=800' },
      { own: everyoneAnything },
    )
    assert.equal(answer, '/a.jpg')
    ordinary = instructions
  })

  for (const name of counted) {
    test(`costs no more than its length: ${name}`, async (context) => {
      const [path = '', query] = longUrls[name] ?? []
      assert.ok(Buffer.byteLength(path + query) > maxUrlBytes - 200)
      const { answer, instructions } = await countInstructions({ path, query }, { own: everyoneAnything })
      assert.match(answer, /^(40[03] |\/)/)
      const pairs = (query ?? '').split('&').length
      const more = instructions - ordinary
      context.diagnostic(`${more} instructions, ${pairs} pairs`)
      assert.ok(more > 0 && more < maxInstructions + pairs * maxInstructionsOfPair, `${more}`)
    })
  }
})
