/** The values of one KeyValueStore, its version, and what a change of them may be. */
import { createHash, randomInt } from 'node:crypto'
import type { KeyValueStore } from '../cloudfront/function-modules.ts'
import type { ErrorCode } from './answer.ts'

export interface Store {
  arn: string
  /** The very object that the viewer function reads. */
  values: KeyValueStore
  /** Version of the whole store, another one after each change. */
  etag: string
  /** Epoch milliseconds. */
  createdAt: number
  modifiedAt: number
}

/** What is put and what is deleted in one step, all of it or nothing. */
export interface Change {
  puts: readonly { key: string; value: string }[]
  deletes: readonly string[]
}

export interface Failure {
  code: ErrorCode
  message: string
}

/**
 * CloudFront developer guide, "Quotas", key value stores. Bytes, save for the keys of one change. Whether these kilo and mega are
 * of 1,000 or 1,024 is not said; "File format for key-value pairs" has 1,024 for a value.
 */
export const limits = {
  keyBytes: 512,
  valueBytes: 1024,
  storeBytes: 5 * 1024 * 1024,
  changeKeys: 50,
  changeBytes: 3 * 1024 * 1024,
}

/** The account of {@link nameStore}, as the template's pseudo parameter has it. */
const accountId = '000000000000'

/** An empty store. `now` in epoch milliseconds. */
export function createStore(logicalId: string, now: number): Store {
  return { arn: nameStore(logicalId), values: new Map(), etag: createEtag(), createdAt: now, modifiedAt: now }
}

/** The ARN of a template's store: the same after each start, so that it can stand in a script. */
function nameStore(logicalId: string): string {
  const digest = createHash('sha256').update(logicalId).digest('hex')
  const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  return `arn:aws:cloudfront::${accountId}:key-value-store/${id}`
}

/** As in examples of AWS: `KV` and 13 letters or digits. Random, so that none of an earlier process fits. */
function createEtag(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  return `KV${Array.from({ length: 13 }, () => letters[randomInt(letters.length)]).join('')}`
}

/** Bytes of all keys and values. How AWS counts is not published. */
export function measureStore({ values }: Store): number {
  let bytes = 0
  for (const [key, value] of values) bytes += measurePair(key, value)
  return bytes
}

function measurePair(key: string, value: string): number {
  return Buffer.byteLength(key) + Buffer.byteLength(value)
}

/**
 * Changes the store where `ifMatch` is its version, or says why not and leaves it as it is. Nothing is awaited in between, so that
 * of two changes with one version the second always fails.
 */
export function changeStore(
  store: Store,
  ifMatch: string | undefined,
  change: Change,
  now: number,
): Failure | undefined {
  if (!ifMatch) return { code: 'ValidationException', message: 'The header If-Match is required.' }
  // "Resource is not in expected state": API reference, PutKey.
  if (ifMatch !== store.etag) {
    return { code: 'ConflictException', message: 'If-Match is not the current ETag of the key value store.' }
  }
  const failure = checkChange(store, change)
  if (failure) return failure
  for (const { key, value } of change.puts) store.values.set(key, value)
  for (const key of change.deletes) store.values.delete(key)
  store.etag = createEtag()
  store.modifiedAt = now
  return undefined
}

/** No message holds a value: values are secrets. */
function checkChange(store: Store, { puts, deletes }: Change): Failure | undefined {
  const keys = [...puts.map(({ key }) => key), ...deletes]
  if (keys.length === 0) return { code: 'ValidationException', message: 'There is nothing to put or delete.' }
  if (keys.length > limits.changeKeys) return exceed(`${keys.length} keys in one request`, limits.changeKeys)
  if (new Set(keys).size < keys.length || keys.includes('')) {
    return { code: 'ValidationException', message: 'Each key must be named once, and not be empty.' }
  }
  const longKey = keys.find((key) => Buffer.byteLength(key) > limits.keyBytes)
  if (longKey !== undefined) return exceed(`a key of ${Buffer.byteLength(longKey)} bytes`, limits.keyBytes)
  const long = puts.find(({ value }) => Buffer.byteLength(value) > limits.valueBytes)
  if (long) return exceed(`a value of ${Buffer.byteLength(long.value)} bytes`, limits.valueBytes)
  const unknown = deletes.find((key) => !store.values.has(key))
  if (unknown !== undefined) return { code: 'ResourceNotFoundException', message: `No key ${unknown}.` }
  let bytes = measureStore(store)
  for (const { key, value } of puts) bytes += measurePair(key, value) - measureKnown(store, key)
  for (const key of deletes) bytes -= measureKnown(store, key)
  return bytes > limits.storeBytes ? exceed(`a store of ${bytes} bytes`, limits.storeBytes) : undefined
}

function measureKnown({ values }: Store, key: string): number {
  const value = values.get(key)
  return value === undefined ? 0 : measurePair(key, value)
}

function exceed(what: string, limit: number): Failure {
  return { code: 'ServiceQuotaExceededException', message: `Limit exceeded: ${what}, at most ${limit}.` }
}
