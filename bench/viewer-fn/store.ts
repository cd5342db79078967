import { minSecretLength } from '../../grammar/signature.ts'

/** Id of the key that the bench signs with, and its secret: not one of any deployment. */
export const signingKey = { id: 'bench', secret: 's'.repeat(minSecretLength) } as const

/** As long as a secret. */
export const explainToken = 'e'.repeat(minSecretLength)

/** What the KeyValueStore holds. */
const entries: readonly (readonly [name: string, value: string])[] = [
  [`sign.${signingKey.id}`, signingKey.secret],
  ['explain', explainToken],
]

/** The store in node:vm, which counts what is read of it: each `get` and each `exists`, since each is billed. */
export function createCountingStore(): { store: Map<string, string>; countReads(): number } {
  const values = new Map(entries)
  const store = new Map<string, string>()
  let reads = 0
  store.get = (name) => {
    reads++
    return values.get(name)
  }
  return { store, countReads: () => reads }
}

/**
 * The module `cloudfront` in njs, whose store counts its reads in `reads`. It settles at once: what CloudFront's own takes
 * is in no figure of the bench.
 */
export const storeModule = `
var values = ${JSON.stringify(Object.fromEntries(entries))};
var store = {
  reads: 0,
  get: function (name) {
    store.reads++;
    return name in values ? Promise.resolve(values[name]) : Promise.reject(new Error('KeyNotFound'));
  },
  exists: function (name) {
    store.reads++;
    return Promise.resolve(name in values);
  }
};
export default { kvs: function () { return store } };
`
