import { createHash, createHmac } from 'node:crypto'
import { type Context, Script } from 'node:vm'

/** A KeyValueStore: what changes without a deployment, or is secret. Empty at start. */
export type KeyValueStore = Map<string, string> & {
  /** Whether it can be read just now; where it cannot, whatever is asked of it rejects. Default: always. */
  isReachable?: () => boolean
}

/** What the modules ask of this side: plain functions of texts, which never throw. */
interface Host {
  hasStore: boolean
  isReachable(): boolean
  get(key: string): string | undefined
  count(): number
  digest(
    algorithm: string,
    key: string | undefined,
    text: string,
    encoding: 'hex' | 'base64' | 'base64url',
  ): string
}

/**
 * What `import cf from 'cloudfront'` and `import crypto from 'crypto'` give a viewer function, made within its context:
 * through an object of this side the code would reach this side's process.
 * Source: CloudFront developer guide, "Helper methods for key value stores", and "JavaScript runtime 2.0 features".
 */
export function createModules(context: Context, store: KeyValueStore | undefined): object {
  const host: Host = {
    hasStore: store !== undefined,
    isReachable: () => store?.isReachable?.() ?? true,
    get: (key) => store?.get(String(key)),
    count: () => store?.size ?? 0,
    digest: (algorithm, key, text, encoding) =>
      (key === undefined ? createHash(algorithm) : createHmac(algorithm, key)).update(text).digest(encoding),
  }
  return new Script(modules).runInContext(context)(host)
}

const modules = `(host) => {
  'use strict'
  const openStore = () => {
    if (!host.hasStore) throw new Error('no key value store is associated with the function')
    const expectReachable = () => {
      if (!host.isReachable()) throw new Error('the key value store is out of reach')
    }
    return {
      get: async (key, options) => {
        expectReachable()
        const value = host.get(key)
        if (value === undefined) throw new Error('key not found')
        return options && options.format === 'json' ? JSON.parse(value) : value
      },
      exists: async (key) => {
        expectReachable()
        return host.get(key) !== undefined
      },
      meta: async () => {
        expectReachable()
        return { keyCount: host.count() }
      },
    }
  }
  const open = (algorithm, key) => {
    const algorithms = ['md5', 'sha1', 'sha256']
    if (!algorithms.includes(algorithm)) throw new Error('expected ' + algorithms + ' but received ' + algorithm)
    let text = ''
    const digest = {
      update: (more) => {
        text += more
        return digest
      },
      digest: (encoding) => {
        const encodings = ['hex', 'base64', 'base64url']
        if (!encodings.includes(encoding)) throw new Error('expected ' + encodings + ' but received ' + encoding)
        return host.digest(algorithm, key, text, encoding)
      },
    }
    return digest
  }
  return {
    cloudfront: { kvs: openStore },
    crypto: { createHash: (algorithm) => open(algorithm), createHmac: (algorithm, key) => open(algorithm, String(key)) },
  }
}`
