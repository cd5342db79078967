import { newKey, retireKey } from '../../../signer/keys/signing-keys.ts'
import type { Fault } from '../fault.ts'
import { originalKeys } from '../targets.ts'

/** Key id and secret with which the part `signed` of the load is signed, in every run. */
export const benchKey = { kid: 'bench', secret: 'Faults-1-are-injected-with-this-key-for-a-while' }

/** The key that follows it. */
const nextKey = { kid: 'next', secret: 'Another-key-2-of-the-faults-that-protects-none' }

/** Pixels that only a signature gets: no step of the ladder. */
const exactWidth = 211

const [anyKey = '', otherKey = ''] = originalKeys

export const keyFaults: readonly Fault[] = [
  {
    name: 'key-value-store-lost',
    done: 'the edge function cannot read its KeyValueStore',
    design: 'signed URLs are 403, never 5xx, and nothing is kept; all others notice nothing',
    allowed: { signed: [403] },
    alarms: ['forbidden'],
    async inject({ edge }) {
      await edge.setStoreReachable(false)
      return () => edge.setStoreReachable(true)
    },
  },
  {
    name: 'key-rotated',
    done: 'a new signing key is added under load, and the old one retired at the end',
    design: 'URLs of both are served while both are there; those of the retired one are 403 after it',
    perSecond: { special: 3 },
    allowed: {},
    after: { signed: [403] },
    alarms: [],
    async inject({ edge, special, sign }) {
      await newKey(edge.keyStore, nextKey)
      special.push(sign(anyKey, exactWidth, nextKey), sign(otherKey, exactWidth, nextKey))
      return async () => void (await retireKey(edge.keyStore, benchKey.kid))
    },
  },
  {
    name: 'clock-skew',
    done: 'signers’ clocks are 45 s and 10 min wrong, either way; S3’s is 20 min ahead, the edge’s a month',
    design:
      'within a minute all is served; beyond it 403, never 5xx; S3’s clock is corrected for by its client',
    // Half of them are refused: more than the alarm takes for usual.
    perSecond: { special: 6 },
    allowed: {},
    alarms: ['forbidden'],
    async inject({ edge, special, sign }) {
      const minute = 60_000
      // All week, or a minute: a clock that is ahead promises too much, one that is behind too little.
      const week = 604_800
      special.push(
        sign(anyKey, exactWidth, { aheadMs: 45_000, lifetimeSeconds: week }),
        sign(anyKey, exactWidth, { aheadMs: -45_000, lifetimeSeconds: 600 }),
        { ...sign(anyKey, exactWidth, { aheadMs: 10 * minute, lifetimeSeconds: week }), expected: [403] },
        { ...sign(anyKey, exactWidth, { aheadMs: -10 * minute, lifetimeSeconds: 60 }), expected: [403] },
      )
      edge.setS3Clock(20 * minute)
      return async () => edge.setS3Clock(0)
    },
  },
]
