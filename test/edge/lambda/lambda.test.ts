import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import type { Lambda, Outcome } from '../../../edge/lambda/lambda.ts'
import { closeLambdas, isRunning, openLambda, waitFor } from './stand-in-handler.ts'

after(closeLambdas)

/** What the handler returned. */
async function answerOf(lambda: Lambda, event: unknown = {}): Promise<unknown> {
  const outcome = await lambda.invoke(event)
  if (outcome.kind !== 'answered')
    throw new Error(`expected an answer but received ${JSON.stringify(outcome)}`)
  return outcome.result
}

const kindsOf = (outcomes: readonly Outcome[]) => outcomes.map(({ kind }) => kind)

suite('createLambda', () => {
  test('gives the handler the event and returns its result', async () => {
    const lambda = openLambda('return { got: event }')
    assert.deepEqual(await answerOf(lambda, { a: [1, 'é'] }), { got: { a: [1, 'é'] } })
  })

  test('gives the handler the time that remains', async () => {
    const lambda = openLambda('return context.getRemainingTimeInMillis()', { timeoutSeconds: 7 })
    const remainingMs = (await answerOf(lambda)) as number
    assert(remainingMs > 6000 && remainingMs <= 7000, `${remainingMs} ms`)
  })

  test('has the environment of the template, then of the options, and none of this process', async () => {
    const lambda = openLambda('return { ...process.env }')
    const environment = (await answerOf(lambda)) as Record<string, string>
    assert.equal(environment.FROM_TEMPLATE, 'yes')
    assert.equal(environment.FROM_BOTH, 'options')
    assert.equal(environment.PATH, undefined)
    assert.equal(environment.HOME, undefined)
  })

  test('keeps its process, and what the module holds, from one event to the next', async () => {
    const lambda = openLambda('return ++runs', { module: 'let runs = 0' })
    assert.deepEqual([await answerOf(lambda), await answerOf(lambda), await answerOf(lambda)], [1, 2, 3])
  })

  test('runs one event at a time in a sandbox, in the order in which they came', async () => {
    const body = 'open++; most = Math.max(most, open); await sleep(20); open--; return [event.index, most]'
    const lambda = openLambda(body, { module: 'let open = 0; let most = 0' })
    const results = await Promise.all([0, 1, 2, 3, 4].map((index) => answerOf(lambda, { index })))
    assert.deepEqual(
      results,
      [0, 1, 2, 3, 4].map((index) => [index, 1]),
    )
  })

  test('runs as many at a time as it may have sandboxes, and lets the others wait', async () => {
    const lambda = openLambda('await sleep(50); return process.pid', { sandboxes: 2 })
    const pids = await Promise.all(Array.from({ length: 6 }, () => answerOf(lambda)))
    assert.equal(new Set(pids).size, 2)
  })

  test('hands on what the handler writes, line by line, each with its stream', async () => {
    const written: string[] = []
    const log = (line: string, stream: string) => written.push(`${stream}: ${line}`)
    const body = "process.stdout.write('o'); console.log('ne\\ntwo'); console.error('three')"
    await answerOf(openLambda(body, { log }))
    await waitFor(() => written.length >= 3, 'three lines')
    assert.deepEqual(written.sort(), ['stderr: three', 'stdout: one', 'stdout: two'])
  })

  test('gives each run an id of its own', async () => {
    const lambda = openLambda('return context.awsRequestId')
    const ids = [await answerOf(lambda), await answerOf(lambda)].map(String)
    assert.equal(new Set(ids).size, 2)
    for (const id of ids) assert.match(id, /^[0-9a-f-]{36}$/)
  })

  test('throttles above the concurrency, waiting ones counted, and recovers', async () => {
    const lambda = openLambda('await sleep(50)', { concurrency: 3 })
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => lambda.invoke({})))
    assert.deepEqual(kindsOf(outcomes), ['answered', 'answered', 'answered', 'throttled', 'throttled'])
    assert.equal((await lambda.invoke({})).kind, 'answered')
  })

  test('is warm before the first event, if asked', async () => {
    const lambda = openLambda('return Date.now() - loadedAt', { module: 'const loadedAt = Date.now()' })
    lambda.warm()
    await new Promise((resolve) => setTimeout(resolve, 300))
    assert(((await answerOf(lambda)) as number) > 50)
  })
})

suite('createLambda at the timeout', () => {
  test('kills a handler that waits, and serves the next from a new process', async () => {
    const lambda = openLambda('if (event.stuck) await sleep(60_000); return process.pid', {
      timeoutSeconds: 0.2,
    })
    const pid = (await answerOf(lambda)) as number
    assert.deepEqual(await lambda.invoke({ stuck: true }), { kind: 'timed-out' })
    assert.notEqual(await answerOf(lambda), pid)
    await waitFor(() => !isRunning(pid), 'the process to be gone')
  })

  test('kills a handler that never yields and ignores every other signal', async () => {
    const module = `for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {})`
    const lambda = openLambda('if (event.stuck) for (;;); return process.pid', {
      module,
      timeoutSeconds: 0.2,
    })
    const pid = (await answerOf(lambda)) as number
    const startedAt = Date.now()
    assert.deepEqual(await lambda.invoke({ stuck: true }), { kind: 'timed-out' })
    assert(Date.now() - startedAt < 2000)
    await waitFor(() => !isRunning(pid), 'the process to be gone')
    assert.notEqual(await answerOf(lambda), pid)
  })

  test('does not count the time in which an event waits or the module loads', async () => {
    const module = 'const until = Date.now() + 300; while (Date.now() < until);'
    const lambda = openLambda('await sleep(150)', { module, timeoutSeconds: 0.25 })
    const outcomes = await Promise.all([lambda.invoke({}), lambda.invoke({}), lambda.invoke({})])
    assert.deepEqual(kindsOf(outcomes), ['answered', 'answered', 'answered'])
  })
})

suite('createLambda on a handler that fails', () => {
  const failures: readonly (readonly [what: string, body: string, reason: RegExp])[] = [
    ['throws an error', `throw new TypeError('no such thing')`, /TypeError: no such thing\n.*index\.js/s],
    ['throws a text', `throw 'no'`, /^no$/],
    ['ends its process', 'process.exit(0)', /^the process ended with code 0$/],
    ['ends its process with a code', 'process.exit(7)', /^the process ended with code 7$/],
    [
      'is killed',
      `process.kill(process.pid, 'SIGKILL'); await sleep(9999)`,
      /^the process ended with SIGKILL$/,
    ],
    [
      'has an error that nobody catches',
      `setTimeout(() => { throw 1 }); await sleep(9999)`,
      /^the process ended/,
    ],
    ['returns what cannot be sent', 'return () => 1', /could not be cloned/],
  ]
  for (const [what, body, reason] of failures) {
    test(`says why where it ${what}, and serves the next`, async () => {
      const lambda = openLambda(`if (event.fail) { ${body} } return 'well'`)
      const outcome = await lambda.invoke({ fail: true })
      assert(outcome.kind === 'failed', JSON.stringify(outcome))
      assert.match(outcome.reason, reason)
      assert.equal(await answerOf(lambda), 'well')
    })
  }

  test('says so where the module does not load, every time', async () => {
    const lambda = openLambda('', { module: `throw new Error('cannot load')` })
    for (let attempt = 0; attempt < 2; attempt++) assert.equal((await lambda.invoke({})).kind, 'failed')
  })

  test('lives on where a process ends between two events', async () => {
    const lambda = openLambda('setImmediate(() => process.exit(1)); return 1')
    const kinds = []
    for (let index = 0; index < 10; index++) kinds.push((await lambda.invoke({})).kind)
    assert.equal(kinds[0], 'answered')
    assert(kinds.every((kind) => kind === 'answered' || kind === 'failed'))
  })

  test('fails once, and ends the process, where it has let go of its channel', async () => {
    const module = 'setInterval(() => {}, 1000)'
    const lambda = openLambda('setImmediate(() => process.disconnect()); return process.pid', { module })
    const pid = (await answerOf(lambda)) as number
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal((await lambda.invoke({})).kind, 'failed')
    await waitFor(() => !isRunning(pid), 'the process to be gone')
    assert.equal((await lambda.invoke({})).kind, 'answered')
  })
})

suite('close of a Lambda', () => {
  test('ends what runs, what waits, and the processes', async () => {
    const lambda = openLambda('await sleep(60_000)')
    const outcomes = Promise.all([lambda.invoke({}), lambda.invoke({})])
    await new Promise((resolve) => setTimeout(resolve, 300))
    lambda.close()
    assert.deepEqual(kindsOf(await outcomes), ['failed', 'failed'])
  })

  test('starts no process any more', async () => {
    const lambda = openLambda('return process.pid')
    const pid = (await answerOf(lambda)) as number
    lambda.close()
    await waitFor(() => !isRunning(pid), 'the process to be gone')
    assert.equal((await lambda.invoke({})).kind, 'failed')
  })
})
