/** What happens when an original changes: rule, queue, the built function, and the invalidation that it asks CloudFront's API for. */
import { createInvalidationApi } from '../control-plane/invalidation-api.ts'
import { createLambda, type Lambda } from '../lambda/lambda.ts'
import { sandboxScript } from '../project.ts'
import { createQueueApi } from '../queue/api.ts'
import { startPoller } from '../queue/poller.ts'
import { createQueue, type Queue } from '../queue/queue.ts'
import type { Credentials } from '../signature-v4.ts'
import type { Deployment, PollerSettings, QueueSettings } from '../template/deployment.ts'
import { matchesPattern } from './pattern.ts'

export interface EventFlowOptions {
  deployment: Deployment
  /** Takes the items of an invalidation out of the cache. */
  invalidate(items: readonly string[]): void
  /** Of the functions' roles. */
  credentials: Credentials
  /** Epoch milliseconds. */
  now: () => number
  say(line: string): void
}

export interface RunningEventFlow {
  /** Sends an event of the bucket to the bus, if it sends any: each rule that it matches passes it on. */
  send(event: unknown): void
  /** By logical id. */
  queues: ReadonlyMap<string, Queue>
  close(): Promise<void>
}

/** Starts the queues of the template, their functions, and the APIs that these call. */
export async function startEventFlow(options: EventFlowOptions): Promise<RunningEventFlow> {
  const { deployment, invalidate, credentials, now, say } = options
  const { distributionId, eventFlow } = deployment
  const queues = createQueues(eventFlow.queues, now)
  const queueApi = createQueueApi({ findQueue: (name) => queues.get(name), credentials, now })
  const cloudFrontApi = createInvalidationApi({ distributionId, invalidate, credentials, now })
  const [queueUrl, cloudFrontUrl] = await Promise.all([queueApi.listen(), cloudFrontApi.listen()])
  const lambdas = eventFlow.pollers.map((poller) =>
    startFunction(poller, { queueUrl, cloudFrontUrl, credentials }),
  )
  const stops = eventFlow.pollers.map((poller, index) => {
    const { batchSize, windowSeconds, maxConcurrency, reportsFailures } = poller
    const settings = { batchSize, windowSeconds, maxConcurrency, reportsFailures, now, say }
    const queue = expectQueue(queues, poller.queue)
    const arn = `arn:aws:sqs:us-east-1:000000000000:${poller.queue}`
    return startPoller({
      ...settings,
      queue,
      arn,
      invoke: (event) => (lambdas[index] as Lambda).invoke(event),
    })
  })
  return {
    queues,
    send(event) {
      if (!eventFlow.sendsEvents) return
      const rules = eventFlow.rules.filter(({ pattern }) => matchesPattern(pattern, event))
      for (const id of rules.flatMap(({ targets }) => targets))
        expectQueue(queues, id).send(JSON.stringify(event))
    },
    async close() {
      for (const stop of stops) stop()
      for (const lambda of lambdas) lambda.close()
      await Promise.all([queueApi.close(), cloudFrontApi.close()])
    },
  }
}

/** Those that are for dead letters first: the others name them. */
function createQueues(settings: readonly QueueSettings[], now: () => number): ReadonlyMap<string, Queue> {
  const queues = new Map<string, Queue>()
  const ordered = [...settings].sort((one, other) => Number(!!one.deadLetters) - Number(!!other.deadLetters))
  for (const { logicalId, visibilitySeconds, deadLetters } of ordered) {
    const redrive = deadLetters && {
      queue: expectQueue(queues, deadLetters.logicalId),
      maxReceiveCount: deadLetters.maxReceiveCount,
    }
    queues.set(logicalId, createQueue({ visibilitySeconds, deadLetters: redrive }, now))
  }
  return queues
}

function expectQueue(queues: ReadonlyMap<string, Queue>, id: string): Queue {
  const queue = queues.get(id)
  if (!queue) throw new Error(`expected the queue ${id} in the template but found none`)
  return queue
}

/** The function of a poller. A queue's logical id in its environment stands for the queue's URL. */
function startFunction(
  { function: lambda, queue, maxConcurrency }: PollerSettings,
  access: { queueUrl: string; cloudFrontUrl: string; credentials: Credentials },
): Lambda {
  const url = `${access.queueUrl}/000000000000/${queue}`
  const environment = Object.fromEntries(
    Object.entries(lambda.environment).map(([name, value]) => [name, value === queue ? url : value]),
  )
  return createLambda(
    { ...lambda, environment },
    {
      sandboxScript,
      preload: [],
      environment: {
        AWS_LAMBDA_FUNCTION_NAME: lambda.logicalId,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: access.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: access.credentials.secretAccessKey,
        AWS_ENDPOINT_URL_CLOUDFRONT: access.cloudFrontUrl,
        AWS_ENDPOINT_URL_SQS: access.queueUrl,
        // Lambda runs a newer Node than this machine may have.
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      concurrency: maxConcurrency,
      sandboxes: maxConcurrency,
    },
  )
}
