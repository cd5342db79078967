import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EdgeInside, OwnPages } from '../../own-pages.ts'
import { askAsViewer } from './ask.ts'
import { isAsset, sendAsset } from './assets.ts'
import { createBursts } from './burst.ts'
import { expectOwnHost, expectOwnPage } from './guard.ts'
import { createLiveStream } from './live.ts'
import { deleteOriginalOf, listOriginals, putOriginalOf } from './originals.ts'
import { createPlaygroundKey } from './playground-key.ts'
import { readMembers } from './read-call.ts'
import { Refusal } from './refusal.ts'
import { sendError, sendJson } from './send.ts'
import { describeSetup } from './setup.ts'
import { signForPage } from './sign.ts'
import { createThumbhashes } from './thumbhashes.ts'
import { viewers } from './viewers.ts'

interface Call {
  request: IncomingMessage
  response: ServerResponse
  /** Without its `?`. */
  query: string
}

/** What is answered, or has been. */
type Handle = (call: Call) => Promise<void> | void

/** The playground of the edge: its page, and the API behind it (`../api.ts`). */
export function openPlayground(inside: EdgeInside): OwnPages {
  const key = createPlaygroundKey(inside)
  const thumbhashes = createThumbhashes(inside, key)
  const bursts = createBursts(inside, key, thumbhashes)
  const live = createLiveStream(inside)

  /** By path under `/_fovea/api/`, then by method. Whatever is no GET changes something. */
  const routes: Readonly<Record<string, Readonly<Record<string, Handle>>>> = {
    setup: { GET: ({ response }) => sendJson(response, 200, describeSetup(inside)) },
    viewers: { GET: ({ response }) => sendJson(response, 200, viewers) },
    live: { GET: ({ request, response }) => live.stream(request, response) },
    originals: {
      GET: async ({ response }) => sendJson(response, 200, await listOriginals(inside, thumbhashes)),
      PUT: async ({ request, response, query }) => {
        const put = await putOriginalOf(inside, query, request)
        sendJson(response, put.replaced ? 200 : 201, put)
      },
      DELETE: async ({ response, query }) => {
        await deleteOriginalOf(inside, query)
        sendJson(response, 204, undefined)
      },
    },
    ask: {
      POST: async ({ request, response }) => {
        const members = await readMembers(request)
        sendJson(response, 200, await thumbhashes.giveWayTo(() => askAsViewer(members, inside, key)))
      },
    },
    sign: {
      POST: async ({ request, response }) =>
        sendJson(response, 200, await signForPage(await readMembers(request), key)),
    },
    burst: {
      POST: async ({ request, response }) =>
        sendJson(response, 200, await bursts.run(await readMembers(request))),
    },
  }

  async function answer(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    expectOwnHost(request)
    const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(target) ?? []
    const method = request.method ?? ''
    if (isAsset(path)) {
      if (method !== 'GET' && method !== 'HEAD') throw refuseMethod(method, ['GET', 'HEAD'])
      return sendAsset(path, response)
    }
    const route = path.startsWith('api/') ? findOwn(routes, path.slice('api/'.length)) : undefined
    if (!route)
      throw new Refusal(404, 'Nothing here', `expected a path of the playground but received ${path}`)
    expectOwnPage(request, method !== 'GET')
    const handle = findOwn(route, method)
    if (!handle) throw refuseMethod(method, Object.keys(route))
    await handle({ request, response, query })
  }

  return {
    answer(target, request, response) {
      answer(target, request, response).catch((error: unknown) => sendError(request, response, error))
    },
    close() {
      thumbhashes.close()
      live.close()
      key.close()
    },
  }
}

function findOwn<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function refuseMethod(method: string, allowed: readonly string[]): Refusal {
  return new Refusal(405, 'Another method', `expected ${allowed.join(', ')} but received ${method}`)
}
