/** CloudFront's API, as far as an invalidation is asked for: CreateInvalidation, in XML. */
import { randomInt } from 'node:crypto'
import type { Credentials } from '../signature-v4.ts'
import { type ApiAnswer, createSignedApi, type SignedApi } from '../signed-api.ts'
import { formatElements, readElements, xmlDeclaration } from '../xml.ts'

export interface InvalidationApiOptions {
  /** Logical id, which stands for the distribution's. */
  distributionId: string
  /** Takes the items out of the cache; throws for one that CloudFront would not take. */
  invalidate(items: readonly string[]): void
  credentials: Credentials
  /** Epoch milliseconds. */
  now: () => number
}

/** Items of invalidations in progress, tags and paths together. CloudFront developer guide, "Concurrent invalidation request maximum". */
const maxInProgress = 3000

/** Milliseconds until an invalidation is completed: "under 25 seconds at P95" (AWS, What's New, April 2026). */
const progressMs = 25_000

const namespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/'

interface Invalidation {
  id: string
  createdAt: number
  callerReference: string
  items: readonly string[]
}

export function createInvalidationApi(options: InvalidationApiOptions): SignedApi {
  const { distributionId, credentials, now } = options
  let known: Invalidation[] = []

  function create(callerReference: string, items: readonly string[]): ApiAnswer {
    const earlier = known.find((each) => each.callerReference === callerReference)
    if (earlier) {
      return earlier.items.join() === items.join()
        ? describe(earlier)
        : refuse(400, 'InvalidationBatchAlreadyExists', 'The caller reference was used for another batch.')
    }
    // What is completed long since, with its caller reference, is of no use to anybody.
    known = known.filter(({ createdAt }) => createdAt > now() - progressMs)
    const inProgress = known.reduce((sum, each) => sum + each.items.length, 0)
    if (inProgress + items.length > maxInProgress) {
      const message =
        'Processing your request will cause you to exceed the maximum number of in-progress invalidations.'
      return refuse(400, 'TooManyInvalidationsInProgress', message)
    }
    try {
      options.invalidate(items)
    } catch (error) {
      return refuse(400, 'InvalidArgument', String(error))
    }
    const invalidation = { id: createId(), createdAt: now(), callerReference, items }
    known.push(invalidation)
    return describe(invalidation)
  }

  function describe({ id, createdAt, callerReference, items }: Invalidation): ApiAnswer {
    const paths = `<Quantity>${items.length}</Quantity><Items>${items.map((Path) => formatElements({ Path })).join('')}</Items>`
    const status = createdAt > now() - progressMs ? 'InProgress' : 'Completed'
    const head = formatElements({ Id: id, Status: status, CreateTime: new Date(createdAt).toISOString() })
    const batch = `<InvalidationBatch><Paths>${paths}</Paths>${formatElements({ CallerReference: callerReference })}</InvalidationBatch>`
    const location = `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distributionId}/invalidation/${id}`
    const body = `${xmlDeclaration}<Invalidation xmlns="${namespace}">${head}${batch}</Invalidation>`
    return { status: 201, headers: { 'content-type': 'text/xml', location }, body }
  }

  return createSignedApi({
    service: 'cloudfront',
    credentials,
    now,
    refuse,
    answer({ method, url, body }) {
      const [, id] = /^\/2020-05-31\/distribution\/([^/?]+)\/invalidation$/.exec(url) ?? []
      if (method !== 'POST' || id === undefined) {
        return refuse(404, 'UnknownOperation', 'The local edge plays CreateInvalidation alone.')
      }
      if (id !== distributionId) return refuse(404, 'NoSuchDistribution', 'There is no such distribution.')
      const items = readElements(body, 'Path')
      const [reference = ''] = readElements(body, 'CallerReference')
      const [quantity] = readElements(body, 'Quantity')
      if (reference === '' || items.length === 0)
        return refuse(400, 'MalformedInput', 'The batch is malformed.')
      if (Number(quantity) !== items.length) {
        return refuse(400, 'InconsistentQuantities', 'Quantity and Items do not match.')
      }
      return create(reference, items)
    },
  })
}

/** As CloudFront's: `I` and letters and digits. */
function createId(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  return `I${Array.from({ length: 13 }, () => letters[randomInt(letters.length)]).join('')}`
}

function refuse(status: number, code: string, message: string): ApiAnswer {
  const error = `<Error>${formatElements({ Type: 'Sender', Code: code, Message: message })}</Error>`
  const body = `${xmlDeclaration}<ErrorResponse xmlns="${namespace}">${error}<RequestId>local</RequestId></ErrorResponse>`
  return { status, headers: { 'content-type': 'text/xml' }, body }
}
