import { createHash, createHmac } from 'node:crypto'

/** A KeyValueStore: what changes without a deployment, or is secret. Empty at start. */
export type KeyValueStore = Map<string, string>

/**
 * `import cf from 'cloudfront'` with its key-value store.
 * Source: CloudFront developer guide, "Helper methods for key value stores".
 */
export function cloudfrontModule(store: KeyValueStore | undefined): object {
  return {
    kvs: () => {
      if (!store) throw new Error('no key value store is associated with the function')
      return {
        get: async (key: string, { format = 'string' }: { format?: string } = {}) => {
          const value = store.get(key)
          if (value === undefined) throw new Error('key not found')
          return format === 'json' ? JSON.parse(value) : value
        },
        exists: async (key: string) => store.has(key),
        meta: async () => ({ keyCount: store.size }),
      }
    },
  }
}

/** `import crypto from 'crypto'`: the digests that the runtime has. */
export const cryptoModule = {
  createHash: (algorithm: string) => createHash(expectAlgorithm(algorithm)),
  createHmac: (algorithm: string, key: string) => createHmac(expectAlgorithm(algorithm), key),
}

function expectAlgorithm(algorithm: string): string {
  if (['md5', 'sha1', 'sha256'].includes(algorithm)) return algorithm
  throw new Error(`expected md5, sha1 or sha256 but received ${algorithm}`)
}
