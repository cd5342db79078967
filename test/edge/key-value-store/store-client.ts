import { lookup } from 'node:dns'
import { Agent } from 'node:http'
import { CloudFrontKeyValueStore } from '@aws-sdk/client-cloudfront-keyvaluestore'
import type { KeyValueStoreAccess } from '../../../edge/key-value-store/access-file.ts'
import { type RunningStores, startKeyValueStores } from '../../../edge/key-value-store/start.ts'
import '@aws-sdk/signature-v4a'

/** The API with one store, and the SDK's client of it. */
export interface OpenedStore {
  running: RunningStores
  access: KeyValueStoreAccess
  client: CloudFrontKeyValueStore
  /** What the viewer function reads. */
  values: Map<string, string>
  readEtag(): Promise<string>
}

const closing: (() => Promise<unknown>)[] = []

/** Starts an API of its own, whose store is that of the logical id `Store`. */
export async function openStore(now: () => number = Date.now): Promise<OpenedStore> {
  const running = await startKeyValueStores(undefined, now)
  closing.push(() => running.close())
  const values = running.stores.open(['Store']).get('Store')
  const access = running.access()
  if (!values || !access) throw new Error('expected a store')
  const client = createClient(access)
  return {
    running,
    access,
    client,
    values,
    readEtag: async () => (await client.describeKeyValueStore({ KvsARN: access.arn })).ETag ?? '',
  }
}

/** The SDK's client, as the README of the local edge says to point it there. */
export function createClient({ endpoint, credentials }: KeyValueStoreAccess): CloudFrontKeyValueStore {
  const httpAgent = new Agent({
    keepAlive: true,
    lookup: (_host, options, callback) => lookup('127.0.0.1', options, callback),
  })
  const client = new CloudFrontKeyValueStore({
    region: 'us-east-1',
    endpoint,
    credentials,
    requestHandler: { httpAgent },
  })
  closing.push(async () => client.destroy())
  return client
}

export async function closeStores(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}
