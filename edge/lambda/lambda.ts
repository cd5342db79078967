import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { LambdaFunction } from '../template/deployment.ts'
import type { SandboxMessage, SandboxRequest } from './sandbox.ts'

/** How an invocation ended. */
export type Outcome =
  | { kind: 'answered'; result: unknown }
  /** The handler threw, or its process died. */
  | { kind: 'failed'; reason: string }
  | { kind: 'timed-out' }
  | { kind: 'throttled' }

/** A Lambda function on this machine. */
export interface Lambda {
  /** @param onChunk takes the raw chunks of a handler that streams, before the outcome. */
  invoke(event: unknown, onChunk?: (chunk: Buffer) => void): Promise<Outcome>
  /** Starts a sandbox, so that the first invocation is not a cold start. */
  warm(): void
  close(): void
}

export interface LambdaOptions {
  /** The script that {@link fork} runs: `sandbox.ts`, built. */
  sandboxScript: string
  /** Scripts that the sandbox, and whatever it forks, load first. */
  preload: readonly string[]
  /** On top of the template's environment: credentials and endpoints. */
  environment: Readonly<Record<string, string>>
  /** Invocations at a time, running or waiting; above it they are throttled. */
  concurrency: number
  /** Processes at most. AWS starts one for each invocation at a time; here the others wait. */
  sandboxes: number
  /** Takes what the function writes, line by line. Default {@link logErrors}. */
  log?: Log
}

/** Where a function's log goes: on AWS to CloudWatch, both streams alike. */
export type Log = (line: string, stream: 'stdout' | 'stderr') => void

/** Shows what was written to standard error, and nothing of what is routine. */
export const logErrors: Log = (line, stream) => {
  if (stream === 'stderr') process.stderr.write(`${line}\n`)
}

interface Sandbox {
  process: ChildProcess
  ready: boolean
  busy: boolean
  /** Takes the message that ends the current invocation, or the exit of the process. */
  settle?: (outcome: Outcome) => void
  onChunk?: (chunk: Buffer) => void
}

/** A function whose sandboxes are forked processes: one event at a time, killed at the timeout, started anew. */
export function createLambda(lambda: LambdaFunction, options: LambdaOptions): Lambda {
  const { log = logErrors } = options
  const sandboxes = new Set<Sandbox>()
  const waiting: (() => void)[] = []
  let inFlight = 0
  let closed = false

  function start(): Sandbox {
    const child = fork(options.sandboxScript, [lambda.folder, lambda.handler], {
      env: { ...lambda.environment, ...options.environment },
      serialization: 'advanced',
      execArgv: options.preload.flatMap((script) => ['--require', script]),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of ['stdout', 'stderr'] as const) readLines(child[stream], (line) => log(line, stream))
    const sandbox: Sandbox = { process: child, ready: false, busy: false }
    sandboxes.add(sandbox)
    child.on('message', (message: SandboxMessage) => {
      if ('ready' in message) {
        sandbox.ready = true
        child.emit('ready')
      } else if ('chunk' in message) passOn(sandbox, message.chunk)
      else if ('result' in message) sandbox.settle?.({ kind: 'answered', result: message.result })
      else sandbox.settle?.({ kind: 'failed', reason: message.error })
    })
    // Such as an event that could not be sent, because the process is dying or has let go of its channel.
    child.on('error', (error) => {
      sandboxes.delete(sandbox)
      child.kill('SIGKILL')
      sandbox.settle?.({ kind: 'failed', reason: String(error) })
    })
    child.on('exit', (code, signal) => {
      sandboxes.delete(sandbox)
      sandbox.settle?.({ kind: 'failed', reason: `the process ended with ${signal ?? `code ${code}`}` })
    })
    return sandbox
  }

  /** A chunk that cannot be passed on, such as a broken prelude, ends the run: nobody would wait for the rest. */
  function passOn(sandbox: Sandbox, chunk: Uint8Array): void {
    try {
      sandbox.onChunk?.(Buffer.from(chunk))
    } catch (error) {
      sandbox.onChunk = undefined
      sandboxes.delete(sandbox)
      sandbox.process.kill('SIGKILL')
      sandbox.settle?.({ kind: 'failed', reason: String(error) })
    }
  }

  function run(sandbox: Sandbox, event: unknown, onChunk?: (chunk: Buffer) => void): Promise<Outcome> {
    sandbox.busy = true
    sandbox.onChunk = onChunk
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined
      sandbox.settle = (outcome) => {
        clearTimeout(timer)
        sandbox.settle = undefined
        sandbox.busy = false
        resolve(outcome)
      }
      const send = () => {
        const timeoutMs = lambda.timeoutSeconds * 1000
        timer = setTimeout(() => {
          // libvips cannot be stopped from inside (nor process.exit with it): only SIGKILL ends a stuck transform.
          sandbox.process.kill('SIGKILL')
          sandboxes.delete(sandbox)
          sandbox.settle?.({ kind: 'timed-out' })
        }, timeoutMs)
        sandbox.process.send({ event, timeoutMs } satisfies SandboxRequest)
      }
      // The time runs from when the handler is loaded: a cold start has its own ten seconds on AWS.
      if (sandbox.ready) send()
      else sandbox.process.once('ready', send)
    })
  }

  /** An idle sandbox, or a new one, or undefined where all are busy. */
  function take(): Sandbox | undefined {
    const idle = [...sandboxes].find(({ busy }) => !busy)
    return idle ?? (sandboxes.size < options.sandboxes ? start() : undefined)
  }

  return {
    async invoke(event, onChunk) {
      if (closed) return { kind: 'failed', reason: 'the edge is closing' }
      if (inFlight >= options.concurrency) return { kind: 'throttled' }
      inFlight++
      try {
        let sandbox = take()
        while (!sandbox) {
          await new Promise<void>((resume) => waiting.push(resume))
          if (closed) return { kind: 'failed', reason: 'the edge is closing' }
          sandbox = take()
        }
        return await run(sandbox, event, onChunk)
      } finally {
        inFlight--
        waiting.shift()?.()
      }
    },
    warm: () => void take(),
    close() {
      closed = true
      for (const { process: child } of sandboxes) child.kill('SIGKILL')
      for (const resume of waiting.splice(0)) resume()
    },
  }
}

function readLines(input: Readable | null, take: (line: string) => void): void {
  if (input) createInterface({ input }).on('line', take)
}
