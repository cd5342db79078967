/**
 * The operations of the KeyValueStore's data plane, each a function of a store.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations_Amazon_CloudFront_KeyValueStore.html
 */
import { type Answer, answerError, answerJson } from './answer.ts'
import { type Change, changeStore, limits, measureStore, type Store } from './store.ts'

/** A request to one store, verified. */
export interface Operation {
  store: Store
  method: string
  /** The part of the path after the store: nothing, `keys`, or `keys` and a key. */
  target: 'store' | 'keys' | { key: string }
  query: Readonly<Record<string, readonly string[]>>
  ifMatch: string | undefined
  body: Buffer
  /** Epoch milliseconds. */
  now: number
}

/** Keys of a page: ListKeys, MaxResults. */
const pageKeys = { default: 10, max: 50 }

/** Answers the operation that method and target name. */
export function runOperation(operation: Operation): Answer {
  const { method, target } = operation
  const run = operations[`${method} ${typeof target === 'object' ? 'key' : target}`]
  return run ? run(operation) : answerError('UnknownOperationException', 'There is no such operation.')
}

const operations: Readonly<Record<string, (operation: Operation) => Answer>> = {
  'GET store': describe,
  'GET keys': listKeys,
  'POST keys': updateKeys,
  'GET key': getKey,
  'PUT key': putKey,
  'DELETE key': (operation) => change(operation, { puts: [], deletes: [readKey(operation)] }),
}

function describe({ store }: Operation): Answer {
  return answerJson(
    {
      ...count(store),
      KvsARN: store.arn,
      // Seconds, with a fraction: restJson1's form of a time.
      Created: store.createdAt / 1000,
      LastModified: store.modifiedAt / 1000,
      Status: 'READY',
    },
    store.etag,
  )
}

function listKeys({ store, query }: Operation): Answer {
  const size = query.MaxResults?.[0] ?? String(pageKeys.default)
  if (!/^\d{1,3}$/.test(size) || Number(size) < 1 || Number(size) > pageKeys.max) {
    return refuse(`MaxResults: expected 1 to ${pageKeys.max}.`)
  }
  const token = query.NextToken?.[0]
  const after = token === undefined ? undefined : Buffer.from(token, 'base64url').toString()
  if (after !== undefined && formatToken(after) !== token)
    return refuse('NextToken is not one of this store.')
  // By key rather than by position: a page stays right where the store changes between two of them.
  const rest = [...store.values].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([key]) => !after || key > after)
  const page = rest.slice(0, Number(size))
  const last = page.at(-1)
  return answerJson({
    Items: page.map(([Key, Value]) => ({ Key, Value })),
    NextToken: last && page.length < rest.length ? formatToken(last[0]) : undefined,
  })
}

function formatToken(key: string): string {
  return Buffer.from(key).toString('base64url')
}

function getKey(operation: Operation): Answer {
  const { store } = operation
  const key = readKey(operation)
  const value = store.values.get(key)
  if (value === undefined) return answerError('ResourceNotFoundException', `No key ${key}.`)
  return answerJson({ Key: key, Value: value, ...count(store) })
}

function putKey(operation: Operation): Answer {
  const value = readFields(operation.body)?.Value
  if (typeof value !== 'string') return refuse('Value: expected a text.')
  return change(operation, { puts: [{ key: readKey(operation), value }], deletes: [] })
}

function updateKeys(operation: Operation): Answer {
  const fields = readFields(operation.body)
  const puts = readList(fields?.Puts)
  const deletes = readList(fields?.Deletes)
  if (!fields || !puts || !deletes) return refuse('Puts and Deletes: expected lists.')
  const pairs = puts.flatMap(({ Key, Value }) =>
    typeof Key === 'string' && typeof Value === 'string' ? [{ key: Key, value: Value }] : [],
  )
  const keys = deletes.flatMap(({ Key }) => (typeof Key === 'string' ? [Key] : []))
  if (pairs.length < puts.length || keys.length < deletes.length) {
    return refuse('Puts and Deletes: expected texts as Key and Value.')
  }
  if (operation.body.length > limits.changeBytes) {
    return answerError(
      'ServiceQuotaExceededException',
      `Limit exceeded: more than ${limits.changeBytes} bytes.`,
    )
  }
  return change(operation, { puts: pairs, deletes: keys })
}

function change({ store, ifMatch, now }: Operation, wanted: Change): Answer {
  const failure = changeStore(store, ifMatch, wanted, now)
  return failure ? answerError(failure.code, failure.message) : answerJson(count(store), store.etag)
}

function count(store: Store) {
  return { ItemCount: store.values.size, TotalSizeInBytes: measureStore(store) }
}

function refuse(message: string): Answer {
  return answerError('ValidationException', message)
}

function readKey({ target }: Operation): string {
  return typeof target === 'object' ? target.key : ''
}

function readFields(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString())
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** An absent list is an empty one. */
function readList(value: unknown): Record<string, unknown>[] | undefined {
  if (value === undefined || value === null) return []
  return Array.isArray(value) && value.every(isFields) ? value : undefined
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
