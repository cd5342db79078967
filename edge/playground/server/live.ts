import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EdgeInside } from '../../own-pages.ts'
import type { LiveSample } from '../api.ts'
import { ownHeaders } from './send.ts'

const sampleMs = 1000

/** Samples of five minutes. */
const maxSamples = 300

/** A stream of samples to whoever looks. */
export interface LiveStream {
  /** Answers with server-sent events, which end when the viewer leaves. Source: HTML standard, "Server-sent events". */
  stream(request: IncomingMessage, response: ServerResponse): void
  close(): void
}

/**
 * Samples are taken while someone looks, and for as long after as they would be shown: who comes back finds no gap.
 */
export function createLiveStream(inside: EdgeInside): LiveStream {
  const samples: LiveSample[] = []
  const listeners = new Set<ServerResponse>()
  let timer: NodeJS.Timeout | undefined
  let lastLookAt = 0

  function takeSample(): void {
    const at = inside.now()
    if (listeners.size > 0) lastLookAt = at
    else if (at - lastLookAt > maxSamples * sampleMs) stop()
    const sample = { at, stats: { ...inside.stats }, bytesSaved: inside.savings.bytes }
    samples.push(sample)
    if (samples.length > maxSamples) samples.shift()
    // Who does not read is sent no more until it does: the others wait for nobody.
    for (const each of listeners) if (!each.writableNeedDrain) each.write(formatEvent(sample))
  }

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }

  return {
    stream(request, response) {
      response.writeHead(200, { ...ownHeaders, 'content-type': 'text/event-stream' })
      // Who was cut off has what came before.
      const lastAt = Number(request.headers['last-event-id'] ?? 0)
      const since = inside.now() - maxSamples * sampleMs
      const missed = samples.filter(({ at }) => at > since && !(at <= lastAt))
      response.write(`retry: ${sampleMs}\n\n${missed.map(formatEvent).join('')}`)
      response.on('close', () => listeners.delete(response))
      listeners.add(response)
      // At once, so that the first look shows something.
      if (!timer) takeSample()
      timer ??= setInterval(takeSample, sampleMs).unref()
    },
    close() {
      for (const each of listeners) each.end()
      stop()
    },
  }
}

function formatEvent(sample: LiveSample): string {
  return `id: ${sample.at}\ndata: ${JSON.stringify(sample)}\n\n`
}
