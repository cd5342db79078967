import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CachedOrigin, createCachedOrigin } from './cloudfront/cached-origin.ts'
import { createDistribution, type Distribution } from './cloudfront/distribution.ts'
import { createOriginClient } from './cloudfront/origin-client.ts'
import type { Savings } from './cloudfront/send-answer.ts'
import { type RunningEventFlow, startEventFlow } from './events/event-flow.ts'
import { formatOriginalEvent, watchOriginals } from './events/original-events.ts'
import type { KeyValueStoreAccess } from './key-value-store/access-file.ts'
import { startKeyValueStores } from './key-value-store/start.ts'
import type { Stores } from './key-value-store/stores.ts'
import type { Log } from './lambda/lambda.ts'
import { createOriginals, type ExternalS3, type RunningOriginals } from './originals.ts'
import type { EdgeInside, OwnPages } from './own-pages.ts'
import { assemblyFolder, stackName } from './project.ts'
import { type Region, startRegion } from './region.ts'
import { createEdgeServer } from './server.ts'
import type { Credentials } from './signature-v4.ts'
import { startLambda } from './start-lambda.ts'
import { createStats, type Stats } from './stats.ts'
import type { Deployment } from './template/deployment.ts'
import { readDeployment } from './template/read-deployment.ts'
import { bucketNames, readTemplate } from './template/template.ts'

export interface EdgeSettings {
  /** Folder of the originals, for the embedded S3. */
  originals: string
  /** Folder of the copies that a second region reads. Default: that of the originals, as if copies were there at once. */
  replica?: string
  /** 0 takes a free port. */
  port: number
  concurrency: number
  sandboxes: number
  /** Another S3 instead of the embedded one. */
  externalS3?: ExternalS3
  /** Whether changes of the originals are events, as the bucket would send them. Default: no. Not with an external S3. */
  watchOriginals?: boolean
  /** Where to leave the access to the KeyValueStore while the edge runs. Default: nowhere. */
  keyValueStoreFile?: string
  /** Whether viewer functions can read their KeyValueStores just now: an outage to play. Default: always. */
  isStoreReachable?: () => boolean
  /** Folder of the cloud assembly. Default: what `npm run synth` writes. */
  assembly?: string
  /** Answers what is asked of the edge itself under `/_fovea/`, but for its counts. Default: 404. */
  openOwnPages?: (inside: EdgeInside) => OwnPages
  /** Takes the log of the Lambda. Default: what it writes to standard error goes to this process's. */
  lambdaLog?: Log
  /** Milliseconds since the epoch. Default: the wall clock. */
  now?: () => number
}

/** CloudFront, Lambda and S3 on this machine, running. */
export interface Edge {
  /** `http://localhost:PORT`. */
  url: string
  stats: Stats
  /** Access to the template's KeyValueStore, to the first where it has several; undefined where it has none. */
  readonly keyValueStore: KeyValueStoreAccess | undefined
  /** Where the template's transformers are, in the order in which they are asked; others after `reload`. */
  readonly regions: readonly Region[]
  /** Reads the template again and starts with an empty cache. The values of KeyValueStores stay. */
  reload(): Promise<void>
  /** Paths and `#tag`s; returns how many answers were forgotten. */
  invalidate(items: readonly string[]): number
  clearCache(): void
  close(): Promise<void>
}

/** The keys of the Lambda role and of Origin Access Control: of no use outside this process and its children. */
const roleCredentials: Credentials = { accessKeyId: 'LOCALROLE', secretAccessKey: crypto.randomUUID() }
const accessControlCredentials: Credentials = {
  accessKeyId: 'LOCALOAC',
  secretAccessKey: crypto.randomUUID(),
}

/** What is made anew when the template changes. */
interface Stage {
  deployment: Deployment
  distribution: Distribution
  cachedOrigin: CachedOrigin
  regions: readonly Region[]
  eventFlow: RunningEventFlow
}

/**
 * Starts the local edge from the synthesized template, with nothing cached and one warm sandbox.
 *
 * @throws Error where the template holds what the local edge does not play, or the port is taken.
 */
export async function startEdge(settings: EdgeSettings): Promise<Edge> {
  const now = settings.now ?? Date.now
  const stats = createStats()
  let stage: Stage | undefined
  let stopWatching: (() => Promise<void>) | undefined
  const savings: Savings = { bytes: 0 }
  let ownPages: OwnPages | undefined
  const server = createEdgeServer(() => expectOpen(stage).distribution, stats, {
    savings,
    answerForItself: settings.openOwnPages && ((...asked) => expectOpen(ownPages).answer(...asked)),
  })
  // First the port: where it is taken, nothing else has been started.
  await listen(server, settings.port)
  const originals = createOriginals(settings, roleCredentials, now)
  const keyValueStores = await startKeyValueStores(settings.keyValueStoreFile, now, settings.isStoreReachable)
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const close = async () => {
    ownPages?.close()
    server.close()
    server.closeAllConnections()
    await Promise.all([
      stage && closeStage(stage),
      originals.close(),
      keyValueStores.close(),
      stopWatching?.(),
    ])
  }
  const open = async () => {
    const opened = await openStage(settings, originals, keyValueStores.stores, stats, now)
    await keyValueStores.announce()
    return opened
  }
  const watch = () =>
    watchOriginals(settings.originals, (type, key) =>
      stage?.eventFlow.send(formatOriginalEvent(type, key, bucketNames.first, now())),
    )
  try {
    stage = await open()
    if (settings.watchOriginals && !settings.externalS3) stopWatching = await watch()
    ownPages = settings.openOwnPages?.({
      url,
      deployment: () => expectOpen(stage).deployment,
      originals: settings.externalS3 ?? settings.originals,
      stats,
      savings,
      keyValueStore: () => keyValueStores.access(),
      now,
    })
  } catch (error) {
    await close()
    throw error
  }
  return {
    url,
    stats,
    get keyValueStore() {
      return keyValueStores.access()
    },
    get regions() {
      return expectOpen(stage).regions
    },
    async reload() {
      const previous = expectOpen(stage)
      stage = await open()
      await closeStage(previous)
    },
    invalidate: (items) => expectOpen(stage).cachedOrigin.invalidate(items),
    clearCache: () => expectOpen(stage).cachedOrigin.clear(),
    close,
  }
}

function expectOpen<Part>(part: Part | undefined): Part {
  if (!part) throw new Error('the local edge is still starting')
  return part
}

async function openStage(
  settings: EdgeSettings,
  originals: RunningOriginals,
  stores: Stores,
  stats: Stats,
  now: () => number,
): Promise<Stage> {
  const deployment = readDeployment(await readTemplate(settings.assembly ?? assemblyFolder, stackName))
  const ports = new Map<string, number>()
  const regions = await startRegions(deployment, settings, originals, ports, stats, now)
  const fetchOrigin = createOriginClient(
    ports,
    accessControlCredentials,
    'us-east-1',
    now,
    () => stats.failovers++,
  )
  const cachedOrigin = createCachedOrigin(deployment, fetchOrigin, stats, now)
  return {
    deployment,
    distribution: createDistribution(
      deployment,
      cachedOrigin,
      stores.open(deployment.keyValueStores),
      stats,
      now,
    ),
    cachedOrigin,
    regions,
    eventFlow: await startEventFlow({
      deployment,
      invalidate(items) {
        stats.invalidated += items.length
        cachedOrigin.invalidate(items, 'kept')
      },
      credentials: roleCredentials,
      now,
      say: (line) => void process.stderr.write(`${line}\n`),
    }),
  }
}

async function closeStage({ regions, eventFlow }: Stage): Promise<void> {
  await Promise.all([...regions.map((region) => region.stop()), eventFlow.close()])
}

/** One region for each stack that has Function URLs. */
async function startRegions(
  { functions }: Deployment,
  settings: EdgeSettings,
  originals: RunningOriginals,
  ports: Map<string, number>,
  stats: Stats,
  now: () => number,
): Promise<Region[]> {
  const stacks = [...new Set(functions.map(({ stack }) => stack))]
  return Promise.all(
    stacks.map(async (stack, at) => {
      const environment = await originals.describe(at === 0 ? 'first' : 'second')
      return startRegion({
        stack,
        functions: functions.filter((each) => each.stack === stack),
        startLambda: (each) => startLambda(each, settings, environment, stats),
        ports,
        credentials: accessControlCredentials,
        now,
      })
    }),
  )
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // Loopback only: originals are private by default.
    server.listen(port, '127.0.0.1', () => resolve())
  })
}
