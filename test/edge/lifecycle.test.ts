import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { closeEdges, drawPicture, openEdge } from './running-edge.ts'

after(closeEdges)

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs a script in a process of its own and says how it ended; `undefined` as code where it did not end by itself. */
function runScript(script: string): Promise<{ code: number | null | undefined; output: string }> {
  return new Promise((resolve) => {
    const prelude = [
      `import { openEdge } from './test/edge/running-edge.ts'`,
      `import { openPlaygroundEdge } from './test/edge/playground/server/running-playground.ts'`,
    ].join(';')
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', `${prelude}\n${script}`],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    let patience = setTimeout(() => {}, 0)
    // Counted from when the script is done: what then keeps the process is a handle that was left open.
    child.stdout.on('data', () => {
      if (!output.includes('done')) return
      clearTimeout(patience)
      patience = setTimeout(() => {
        child.kill('SIGKILL')
        resolve({ code: undefined, output })
      }, 3000)
    })
    child.on('exit', (code) => {
      clearTimeout(patience)
      resolve({ code, output })
    })
  })
}

suite('close of an edge', () => {
  const scripts: readonly (readonly [what: string, script: string])[] = [
    ['at once', ''],
    ['after requests', `await running.ask('/photo.jpg?width=50'); await running.ask('/photo.jpg?width=50');`],
    [
      'while requests are under way',
      `const asking = [1, 2, 3, 4].map((n) => running.ask('/photo.jpg?width=' + n * 160).catch(() => {}));
       await new Promise((resolve) => setTimeout(resolve, 50));`,
    ],
    ['after a reload', `await running.ask('/photo.jpg?width=50'); await running.edge.reload();`],
    [
      'after a reload while requests are under way',
      `const asking = [1, 2, 3, 4].map((n) => running.ask('/photo.jpg?width=' + n * 160).catch(() => {}));
       await running.edge.reload(); await Promise.all(asking);`,
    ],
  ]
  const playgroundScripts: typeof scripts = [
    [
      'after its playground was used',
      `await running.call('originals'); await running.callJson('sign', { url: '/photo.jpg?w=50' });
       await running.callJson('ask', { url: '/photo.jpg?w=50', viewer: 'chrome' });`,
    ],
    [
      'while its playground is used',
      `const using = [running.call('originals'), running.call('live'),
         running.call('ask', { body: { url: '/photo.jpg?w=160', viewer: 'chrome' } }),
         running.call('burst', { body: { key: 'photo.jpg', requests: 50 } })].map((each) => each.catch(() => {}));
       await new Promise((resolve) => setTimeout(resolve, 400));`,
    ],
  ]
  for (const [what, script] of [...scripts, ...playgroundScripts]) {
    const open = playgroundScripts.some(([each]) => each === what) ? 'openPlaygroundEdge' : 'openEdge'
    test(`leaves no process and nothing open, ${what}`, async () => {
      const { code, output } = await runScript(
        `const running = await ${open}(); ${script}\nawait running.close(); console.log('done');`,
      )
      assert.match(output, /done/)
      assert.equal(code, 0, output)
    })
  }

  test('leaves the port free, and the edge unreachable', async () => {
    const running = await openEdge()
    const port = Number(new URL(running.edge.url).port)
    await running.close()
    await assert.rejects(running.ask('/photo.jpg'))
    const next = await openEdge({ port })
    assert.equal((await next.ask('/photo.jpg?width=50')).status, 200)
  })
})

suite('startEdge', () => {
  test('rejects where the port is taken, and leaves nothing open', async () => {
    const { code, output } = await runScript(`
      const running = await openEdge();
      const port = Number(new URL(running.edge.url).port);
      await openEdge({ port }).catch((error) => console.log(error.code));
      await running.close(); console.log('done');`)
    assert.match(output, /EADDRINUSE/)
    assert.equal(code, 0, output)
  })

  test('runs two edges side by side that know nothing of each other', async () => {
    const [one, other] = await Promise.all([openEdge(), openEdge()])
    one.put('only.jpg', await drawPicture(80, 40).jpeg().toBuffer())
    assert.equal((await one.ask('/only.jpg?width=40')).status, 200)
    assert.equal((await other.ask('/only.jpg?width=40')).status, 404)
    one.put('both.jpg', await drawPicture(80, 40).jpeg().toBuffer())
    other.put('both.jpg', await drawPicture(80, 80).jpeg().toBuffer())
    const tags = [await one.ask('/both.jpg?width=40'), await other.ask('/both.jpg?width=40')]
    assert.notEqual(tags[0]?.headers.etag, tags[1]?.headers.etag)
    await one.ask('/both.jpg?width=40')
    assert.deepEqual([one.edge.stats.hits, other.edge.stats.hits], [1, 0])
    one.edge.clearCache()
    assert.equal((await other.ask('/both.jpg?width=40')).headers['x-cache'], 'Hit from cloudfront')
    await one.close()
    assert.equal((await other.ask('/both.jpg?width=320')).status, 200)
  })

  test('throttles above the concurrency and recovers', async () => {
    const running = await openEdge({ concurrency: 1, sandboxes: 1 })
    const targets = [480, 640, 800, 960].map((step) => `/photo.jpg?width=${step}&format=png`)
    const replies = await Promise.all(targets.map((target) => running.ask(target)))
    const throttled = replies.filter(({ status }) => status === 429)
    assert(throttled.length > 0 && throttled.length < 4, replies.map(({ status }) => status).join())
    assert.equal(running.edge.stats.throttled, throttled.length)
    assert.equal(throttled[0]?.headers['x-cache'], 'Error from cloudfront')
    for (const target of targets) assert.equal((await running.ask(target)).status, 200, 'a 429 was kept')
  })
})
