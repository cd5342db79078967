import type { EdgeSettings } from '../../../../edge/edge.ts'
import { openPlayground } from '../../../../edge/playground/server/playground.ts'
import { type Asked, openEdge, type Reply, type RunningEdge } from '../../running-edge.ts'

/** A local edge with its playground. */
export interface RunningPlayground extends RunningEdge {
  /** Asks the API as its page does: `path` is what stands behind `/_fovea/api/`, an object is sent as JSON. */
  call(path: string, given?: Omit<Asked, 'body'> & { body?: Buffer | string | object }): Promise<Reply>
  /** The same, of which the answer must be JSON. */
  callJson<Answer>(path: string, body?: object): Promise<Answer>
}

/** Starts an edge with a playground, whose folder holds `photo.jpg`, 600 × 400; `closeEdges` closes it. */
export async function openPlaygroundEdge(settings: Partial<EdgeSettings> = {}): Promise<RunningPlayground> {
  const running = await openEdge({ openOwnPages: openPlayground, ...settings })
  const call: RunningPlayground['call'] = (path, { method, headers, body } = {}) => {
    const sent = typeof body === 'string' || Buffer.isBuffer(body) ? body : body && JSON.stringify(body)
    return running.ask(`/_fovea/api/${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { host: new URL(running.edge.url).host, 'sec-fetch-site': 'same-origin', ...headers },
      body: sent,
    })
  }
  return {
    ...running,
    call,
    callJson: async (path, body) => JSON.parse((await call(path, { body })).body.toString()),
  }
}
