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

  function take(): ChildProcess {
    const child = idle?.connected ? idle : start()
    idle = undefined
    child.ref()
    child.channel?.ref()
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

  return {
    async make(bytes, parameters, settings, deadline) {
      const child = take()
      try {
        const reply = await deadline.enforce(ask(child, { bytes, parameters, settings }))
        giveBack(child)
        return unpack(reply)
      } catch (error) {
        if (child !== idle) child.kill('SIGKILL')
        throw error
      }
    },
  }
}

function ask(child: ChildProcess, request: VectorRequest): Promise<VectorReply> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null, signal: string | null) =>
      reject(
        new TransformError(
          'undecodable',
          'a drawing that can be rendered',
          `one that ends the renderer (${signal ?? code})`,
        ),
      )
    child.once('exit', end)
    child.once('message', (reply: VectorReply) => {
      child.off('exit', end)
      resolve(reply)
    })
    child.send(request)
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
