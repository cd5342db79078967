import type { KeyValueStore } from '../cloudfront/function-modules.ts'
import { createStore, type Store } from './store.ts'

/** The KeyValueStores of a template. Their values outlive the template's being read again; nothing outlives the process. */
export interface Stores {
  /** Keeps the stores of these logical ids, makes those that are new, forgets the others; returns the values by logical id. */
  open(logicalIds: readonly string[]): ReadonlyMap<string, KeyValueStore>
  find(arn: string): Store | undefined
  /** ARNs in the template's order. */
  arns(): string[]
}

/** None at first. `now` is the clock, in epoch milliseconds; `isReachable` says whether viewer functions can read them just now. */
export function createStores(now: () => number, isReachable?: () => boolean): Stores {
  let stores: ReadonlyMap<string, Store> = new Map()
  return {
    open(logicalIds) {
      stores = new Map(logicalIds.map((id) => [id, stores.get(id) ?? createStore(id, now())]))
      return new Map([...stores].map(([id, { values }]) => [id, Object.assign(values, { isReachable })]))
    },
    find: (arn) => [...stores.values()].find((store) => store.arn === arn),
    arns: () => [...stores.values()].map(({ arn }) => arn),
  }
}
