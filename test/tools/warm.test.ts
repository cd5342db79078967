import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, suite, test } from 'node:test'
import { openClient } from '../../tools/ask.ts'
import { createProgress } from '../../tools/warm/progress.ts'
import { type WarmOptions, warmCache } from '../../tools/warm/warm-cache.ts'
import { createWarmCommand } from '../../tools/warm/warm-command.ts'
import { closeEdges, openEdge, type RunningEdge } from '../edge/running-edge.ts'
import { runTool } from './run-tool.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-warm-'))
let running: RunningEdge
let shown: string[] = []

before(async () => {
  running = await openEdge()
})

beforeEach(() => {
  shown = []
  running.edge.clearCache()
})

after(async () => {
  await closeEdges()
  rmSync(folder, { recursive: true, force: true })
})

async function warm(list: string, ...more: string[]) {
  writeFileSync(join(folder, 'urls.txt'), list)
  const command = createWarmCommand({ write: (text) => shown.push(text) })
  const argv = ['urls.txt', '--base', running.edge.url, '--rps', '1000', ...more]
  return runTool(command, argv, { folder })
}

suite('npm run warm', () => {
  test('makes each image for each class, so that viewers hit', async () => {
    const list = `# two images\n/photo.jpg?width=320\n\n${running.edge.url}/photo.jpg?w=480\n/photo.jpg?width=320\n`
    const first = await warm(list)
    assert.equal(first.code, 0, first.err)
    assert.match(first.out, /^6 of 6: 0 hits, 6 misses, 0 errors, 0\.\d MB in \d+\.\d s, 0 asked again\n$/)
    for (const [accept, format] of [
      ['image/avif', 'auto.avif'],
      ['image/webp', 'auto.webp'],
      ['*/*', 'auto'],
    ] as const) {
      const { headers } = await running.ask('/photo.jpg?width=480', { headers: { accept } })
      assert.equal(headers['x-fovea-key'], `/photo.jpg?rev=1&width=480&format=${format}`)
      assert.equal(headers['x-cache'], 'Hit from cloudfront')
    }
    assert.match((await warm(list)).out, /^6 of 6: 6 hits, 0 misses, 0 errors/)
  })

  test('takes the classes that are named', async () => {
    const { code, out } = await warm('/photo.jpg?width=320', '--classes', 'webp,none', '--json')
    const { total, hits, misses, errors, bytes } = JSON.parse(out)
    assert.deepEqual([code, total, hits, misses, errors], [0, 2, 0, 2, 0])
    assert.ok(bytes > 1000, `${bytes} bytes`)
  })

  test('names what could not be had, and makes the rest', async () => {
    const { code, out, err } = await warm('/photo.jpg?width=320\n/gone.jpg?width=320', '--classes', 'avif')
    assert.equal(code, 1)
    assert.match(out, /^2 of 2: 0 hits, 1 misses, 1 errors/)
    assert.match(
      err,
      /^✗ line 2, avif: expected 200 but received 404 missing for http.*\/gone\.jpg\?width=320$/m,
    )
  })

  test('gives up on nothing but errors', async () => {
    const list = Array.from({ length: 100 }, (_, index) => `/photo.jpg?width=${9000 + index}`).join('\n')
    const { code, out, err } = await warm(list, '--concurrency', '2')
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, /received 20 errors and nothing else, the last 400 bad-value for http/)
  })

  test('shows a line for each tenth where there is no terminal', async () => {
    const list = Array.from({ length: 5 }, (_, index) => `/photo.jpg?width=${160 * (index + 1)}&blur=x`).join(
      '\n',
    )
    await warm(list, '--classes', 'none', '--concurrency', '1')
    assert.deepEqual(
      shown.map((line) => line.replace(/:.*\n/, '')),
      ['1 of 5', '2 of 5', '3 of 5', '4 of 5', '5 of 5'],
    )
  })

  const refused: readonly (readonly [
    what: string,
    list: string,
    argv: string[],
    code: number,
    message: RegExp,
  ])[] = [
    [
      'another host',
      '/a.jpg\nhttps://other.example/a.jpg',
      [],
      1,
      /line 2: expected a path .* received https:\/\/other/,
    ],
    ['a host that only begins like it', 'BASE.evil.example/a.jpg', [], 1, /line 1: expected a path/],
    ['an empty list', '# nothing\n', [], 1, /urls\.txt: expected at least one URL but found none/],
    ['an unknown class', '/a.jpg', ['--classes', 'jxl'], 2, /--classes: expected some of avif,webp,none/],
    ['no rate', '/a.jpg', ['--concurrency', '0'], 2, /--concurrency: expected a whole number from 1 to 256/],
  ]
  for (const [what, list, argv, expected, message] of refused) {
    test(`refuses ${what}`, async () => {
      const { code, out, err } = await warm(list.replace('BASE', running.edge.url), ...argv)
      assert.deepEqual([code, out], [expected, ''])
      assert.match(err, message)
    })
  }

  test('refuses to guess the deployment', async () => {
    const { code, err } = await runTool(createWarmCommand({ write: () => {} }), ['urls.txt'])
    assert.equal(code, 2)
    assert.match(err, /expected --base or FOVEA_BASE_URL/)
  })
})

suite('warmCache', () => {
  /** A clock that only moves when someone sleeps. */
  function createClock() {
    const clock = {
      ms: 1_700_000_000_000,
      now: () => clock.ms,
      async sleep(ms: number) {
        clock.ms += ms
      },
    }
    return clock
  }

  async function warmAgainst(
    answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
    given: Partial<WarmOptions> = {},
    images = 1,
  ) {
    let count = 0
    const server = createServer((request, response) => answer(request, response, ++count))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://localhost:${(server.address() as AddressInfo).port}`
    const client = openClient()
    const clock = createClock()
    const startedAt = clock.ms
    try {
      const targets = Array.from({ length: images }, (_, index) => ({
        line: index + 1,
        url: `${base}/${index}.jpg`,
      }))
      const summary = await warmCache(targets, {
        classes: ['avif'],
        perSecond: 10,
        concurrency: 1,
        retries: 3,
        client,
        clock,
        tell: () => {},
        ...given,
      })
      return { summary, count, waitedMs: clock.ms - startedAt }
    } finally {
      client.close()
      server.close()
      server.closeAllConnections()
    }
  }

  const refuse = (response: ServerResponse, status: number, headers = {}) =>
    response.writeHead(status, headers).end()
  const give = (response: ServerResponse) => response.writeHead(200, { 'x-cache': 'Miss' }).end('12345')

  test('asks again after 429 and 503, each pause twice as long', async () => {
    const { summary, count, waitedMs } = await warmAgainst((_, response, n) =>
      n <= 3 ? refuse(response, n === 2 ? 503 : 429) : give(response),
    )
    assert.deepEqual([summary.misses, summary.retries, summary.bytes, count], [1, 3, 5, 4])
    assert.equal(waitedMs, 1000 + 2000 + 4000)
  })

  test('waits as long as Retry-After says, a minute at most', async () => {
    for (const [retryAfter, waited] of [
      ['7', 7000],
      ['3600', 60_000],
    ] as const) {
      const { waitedMs } = await warmAgainst((_, response, n) =>
        n === 1 ? refuse(response, 503, { 'retry-after': retryAfter }) : give(response),
      )
      assert.equal(waitedMs, waited)
    }
  })

  test('asks again where there is no answer', async () => {
    const { summary, count } = await warmAgainst(
      (request, response, n) => (n === 2 ? request.socket.destroy() : give(response)),
      {},
      2,
    )
    assert.deepEqual([summary.misses, summary.retries, count], [2, 1, 3])
  })

  test('does not ask again where there never was one', async () => {
    const { summary, count, waitedMs } = await warmAgainst((request) => request.socket.destroy())
    assert.deepEqual([count, summary.failures.length, waitedMs], [1, 1, 0])
    assert.match(
      summary.failures[0]?.received ?? '',
      /^expected an answer of localhost:\d+ but received ECONNRESET$/,
    )
  })

  test('takes the last answer when the retries are over', async () => {
    const { summary, count } = await warmAgainst((_, response) => refuse(response, 429))
    assert.deepEqual(
      [count, summary.retries, summary.failures.map(({ received }) => received)],
      [4, 3, ['429']],
    )
  })

  for (const status of [400, 403, 404, 415, 302]) {
    test(`does not ask again after ${status}`, async () => {
      const { summary, count } = await warmAgainst((_, response) => refuse(response, status))
      assert.deepEqual([count, summary.failures.length], [1, 1])
    })
  }

  test('asks no faster than it was told', async () => {
    const { count, waitedMs } = await warmAgainst((_, response) => give(response), { perSecond: 4 }, 9)
    assert.deepEqual([count, waitedMs], [9, 8 * 250])
  })

  test('asks at most so many at a time', async () => {
    let open = 0
    let most = 0
    const client = openClient(50)
    await warmAgainst(
      (_, response) => {
        most = Math.max(most, ++open)
        setTimeout(() => {
          open--
          give(response)
        }, 5)
      },
      { concurrency: 3, client, perSecond: 1000 },
      30,
    )
    assert.equal(most, 3)
  })
})

suite('the bar of npm run warm', () => {
  test('moves in one line on a terminal', () => {
    const written: string[] = []
    const progress = createProgress({ isTTY: true, write: (text) => written.push(text) })
    const summary = { total: 2, hits: 1, misses: 0, bytes: 1_500_000, retries: 0, failures: [] }
    progress(summary)
    progress({ ...summary, misses: 1 })
    assert.equal(
      written[0],
      `\r[${'█'.repeat(12)}${'░'.repeat(12)}] 1 of 2: 1 hits, 0 misses, 0 errors, 1.5 MB\u001b[K`,
    )
    assert.match(written[1] ?? '', /^\r\[█{24}\] 2 of 2: .*\n$/)
  })
})
