import { lookup } from 'node:dns'
import { Agent } from 'node:http'
import {
  CloudFrontKeyValueStore,
  type CloudFrontKeyValueStoreClientConfig,
} from '@aws-sdk/client-cloudfront-keyvaluestore'
// The API takes SigV4A only, and the client has no signer of its own for it: without this import every call fails.
import '@aws-sdk/signature-v4a'
import { KeyStoreError } from './key-store-error.ts'
import { translateError } from './translate-error.ts'

export interface KeyStoreSettings {
  /** Of the KeyValueStore: the stack's output `KeyValueStoreArn`. */
  arn: string
  /** Another place than AWS: `http://localhost:PORT`, or a host reached by HTTPS. */
  endpoint?: string
  /** Default: those of the AWS SDK (environment, profile, role). */
  credentials?: CloudFrontKeyValueStoreClientConfig['credentials']
  /** Default `us-east-1`. The API is global, but the client wants one. */
  region?: string
}

/** A KeyValueStore, as far as keys need it. Every method throws {@link KeyStoreError}: `denied`, `no-store`, `unreachable`. */
export interface KeyStore {
  readonly arn: string
  /** The version of the whole store, as it is now. */
  readEtag(): Promise<string>
  /** All names, without their values. */
  listNames(): Promise<string[]>
  /** Undefined where there is no such name. */
  readValue(name: string): Promise<string | undefined>
  /** Puts a value, or deletes the name where there is none; false, and nothing done, where the store is no longer at `etag`. */
  write(change: { name: string; value?: string }, etag: string): Promise<boolean>
  /** Closes its connections. */
  close(): void
}

/** Milliseconds for a connection and for an answer: a network that swallows packets should not look like a slow command. */
const timeouts = { connectionTimeout: 5000, requestTimeout: 8000, throwOnRequestTimeout: true }

/** The most that ListKeys gives at a time. */
const pageKeys = 50

/**
 * Opens a KeyValueStore; nothing is sent yet.
 *
 * @throws KeyStoreError `no-store` for what is not the ARN of one, `unreachable` for an endpoint that cannot be used.
 */
export function openKeyStore({
  arn,
  endpoint,
  credentials,
  region = 'us-east-1',
}: KeyStoreSettings): KeyStore {
  if (!/^arn:aws[\w-]*:cloudfront::\d{12}:key-value-store\/[\w-]+$/.test(arn)) {
    throw new KeyStoreError('no-store', `arn: expected that of a KeyValueStore but received ${arn}`)
  }
  const client = new CloudFrontKeyValueStore({
    region,
    credentials,
    endpoint,
    requestHandler: { ...timeouts, httpAgent: endpoint === undefined ? undefined : reachLocalhost(endpoint) },
  })
  const KvsARN = arn
  const ask = <T>(answer: Promise<T>) =>
    answer.catch((error: unknown) => {
      throw translateError(error, arn)
    })
  return {
    arn,
    readEtag: async () => (await ask(client.describeKeyValueStore({ KvsARN }))).ETag ?? '',
    async listNames() {
      const names: string[] = []
      let NextToken: string | undefined
      do {
        const page = await ask(client.listKeys({ KvsARN, NextToken, MaxResults: pageKeys }))
        // The page has the secrets too: nothing but the names is kept.
        for (const { Key } of page.Items ?? []) names.push(Key ?? '')
        NextToken = page.NextToken
      } while (NextToken)
      return names
    },
    readValue: (name) =>
      client.getKey({ KvsARN, Key: name }).then(
        ({ Value }) => Value,
        (error: unknown) => {
          if (isNamed(error, 'ResourceNotFoundException')) return undefined
          throw translateError(error, arn)
        },
      ),
    async write({ name, value }, etag) {
      const target = { KvsARN, Key: name, IfMatch: etag }
      try {
        await (value === undefined ? client.deleteKey(target) : client.putKey({ ...target, Value: value }))
        return true
      } catch (error) {
        if (isNamed(error, 'ConflictException')) return false
        throw translateError(error, arn, value)
      }
    },
    close: () => client.destroy(),
  }
}

/**
 * An agent that finds `<account id>.localhost`, the host that the client makes of `localhost`, which few resolvers know. RFC 6761,
 * 6.3: names below localhost are the loopback address.
 */
function reachLocalhost(endpoint: string): Agent | undefined {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol === 'http:' && url.hostname === 'localhost') {
    return new Agent({
      keepAlive: true,
      lookup: (_host, options, callback) => lookup('127.0.0.1', options, callback),
    })
  }
  // Secrets are sent: in clear to this machine alone. And an address has no place for the account id in front.
  if (url?.protocol === 'https:' && !/^[\d.]+$|^\[/.test(url.hostname)) return undefined
  throw new KeyStoreError(
    'unreachable',
    `endpoint: expected http://localhost:PORT or https://HOST but received ${endpoint}`,
  )
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}
