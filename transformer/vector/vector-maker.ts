import { type ChildProcess, fork } from 'node:child_process'
import type { OriginErrorCode } from '../../grammar/origin-errors.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Deadline } from '../deadline.ts'
import type { Made } from '../make.ts'
import type { TransformerSettings } from '../settings.ts'
import { TransformError } from '../transform-error.ts'
import type { VectorReply, VectorRequest } from './vector-child.ts'

/** Makes variants of vector graphics where they can be stopped. */
export interface VectorMaker {
  /** @throws TransformError `too-costly` at the deadline, when the work is really ended; and what `makeVariant` throws. */
  make(
    bytes: Buffer,
    parameters: VariantParameters,
    settings: TransformerSettings,
    deadline: Deadline,
    overlay?: Buffer,
  ): Promise<Made>
}

/**
 * A maker that works in a child process. An SVG of stacked filters keeps libvips busy for minutes, and neither sharp's
 * timeout nor a worker's end stops it (measured): only SIGKILL does. A child that did well is kept for the next, since
 * starting one takes about 160 ms.
 *
 * @param script what is forked; it calls `serveVectors`.
 * @param execArgv flags of Node for it. Default: this process's own.
 */
export function createVectorMaker(
  script: string,
  args: readonly string[] = [],
  execArgv: readonly string[] = process.execArgv,
): VectorMaker {
  let idle: ChildProcess | undefined

  function takeIdle(): ChildProcess | undefined {
    const child = idle?.connected ? idle : undefined
    idle = undefined
    child?.ref()
    child?.channel?.ref()
    return child
  }

  function start(): ChildProcess {
    return fork(script, [...args], { serialization: 'advanced', execArgv: [...execArgv] })
  }

  function giveBack(child: ChildProcess): void {
    idle?.kill('SIGKILL')
    idle = child
    // An idle child must not keep the process alive.
    child.unref()
    child.channel?.unref()
  }

  /** One request in one child, which is kept only if it answered. */
  async function ask(child: ChildProcess, request: VectorRequest, deadline: Deadline): Promise<VectorReply> {
    try {
      const reply = await deadline.enforce(exchange(child, request))
      giveBack(child)
      return reply
    } catch (error) {
      child.kill('SIGKILL')
      throw error
    }
  }

  return {
    async make(bytes, parameters, settings, deadline, overlay) {
      const request = { bytes, parameters, settings, overlay }
      const kept = takeIdle()
      if (kept) {
        const reply = await ask(kept, request, deadline).catch((error: unknown) => {
          // One that was kept may have died of something else, so only a new one's end says something of the drawing.
          if (error instanceof RendererEnded) return undefined
          throw error
        })
        if (reply) return unpack(reply)
      }
      return unpack(await ask(start(), request, deadline).catch(blame))
    },
  }
}

/** The child ended instead of answering. */
class RendererEnded extends Error {
  override readonly name = 'RendererEnded'
  /** Undefined where it ended by itself. */
  readonly signal: string | undefined

  constructor(how: string, signal?: string) {
    super(`the renderer ended: ${how}`)
    this.signal = signal
  }
}

/** A crash is the drawing's doing; a child that ends by itself, or never starts, is ours. */
function blame(error: unknown): never {
  if (!(error instanceof RendererEnded)) throw error
  if (error.signal === undefined) throw new TransformError('failed', 'a renderer', error.message, error)
  throw new TransformError(
    'undecodable',
    'a drawing that can be rendered',
    `one that ends the renderer (${error.signal})`,
  )
}

function exchange(child: ChildProcess, request: VectorRequest): Promise<VectorReply> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) =>
      reject(new RendererEnded(signal ?? `code ${code}`, signal ?? undefined))
    const onError = (error: Error) => reject(new RendererEnded(error.message))
    child.once('exit', onExit)
    child.once('error', onError)
    child.once('message', (reply: VectorReply) => {
      child.off('exit', onExit)
      child.off('error', onError)
      resolve(reply)
    })
    child.send(request, (error) => error && onError(error))
  })
}

function unpack(reply: VectorReply): Made {
  if ('problem' in reply) {
    const { code, expected, received } = reply.problem
    throw new TransformError(code as OriginErrorCode, expected, received, reply.cause)
  }
  const { bytes } = reply.made.rendering
  return { ...reply.made, rendering: { ...reply.made.rendering, bytes: Buffer.from(bytes) } }
}
