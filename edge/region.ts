import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { type FunctionUrl, serveFunctionUrl } from './lambda/function-url.ts'
import type { Lambda } from './lambda/lambda.ts'
import type { Credentials } from './signature-v4.ts'
import type { LambdaFunction } from './template/deployment.ts'

/** How a region that is down meets connections: refuses them, or takes them and says nothing, which is slower to notice. */
export type Outage = 'refused' | 'silent'

/** The Lambdas of one region and their Function URLs, which may be taken down and brought back while the edge runs. */
export interface Region {
  /** The stack that they are from. */
  readonly stack: string
  /** Ends at once what is running. Default `refused`. */
  stop(outage?: Outage): Promise<void>
  /** Starts all anew. Does nothing where the region is up. */
  start(): Promise<void>
}

export interface RegionOptions {
  stack: string
  functions: readonly LambdaFunction[]
  startLambda: (settings: LambdaFunction) => Lambda
  /** Takes the port of each Function URL, by the function's logical id. One that is down keeps its port. */
  ports: Map<string, number>
  /** Of Origin Access Control. */
  credentials: Credentials
  now: () => number
}

/** Starts a region. */
export async function startRegion(options: RegionOptions): Promise<Region> {
  const { stack, functions, startLambda, ports, credentials, now } = options
  const lambdas: Lambda[] = []
  const urls: Pick<FunctionUrl, 'close'>[] = []
  let up = false

  async function start(): Promise<void> {
    if (up) return
    for (const url of urls.splice(0)) url.close()
    up = true
    for (const each of functions) {
      const lambda = startLambda(each)
      lambdas.push(lambda)
      const url = await serveFunctionUrl(lambda, each.streams, credentials, now)
      urls.push(url)
      ports.set(each.logicalId, url.port)
    }
  }

  async function stop(outage: Outage = 'refused'): Promise<void> {
    up = false
    // First the connections: of a Lambda that dies nobody must hear more than that.
    for (const url of urls.splice(0)) url.close()
    for (const lambda of lambdas.splice(0)) lambda.close()
    if (outage === 'refused') return
    for (const { logicalId } of functions) {
      const silence = await openSilence()
      urls.push(silence)
      ports.set(logicalId, silence.port)
    }
  }

  await start()
  return { stack, start, stop }
}

/** A port that takes connections and never answers. */
async function openSilence(): Promise<FunctionUrl> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
