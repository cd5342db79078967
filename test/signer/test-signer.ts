import type { DecisionSettings } from '../../grammar/decide.ts'
import { decide, examine } from '../../grammar/decide.ts'
import { unsignedPattern } from '../../grammar/unsigned.ts'
import { createSigner, type SignerOptions } from '../../signer/create-signer.ts'
import { splitUrl } from '../../signer/verify-url.ts'

/** A key of the tests alone. */
export const secret = 'Zk3v0qXgq2mT5yP8cN7wBhJ4rLdS9aUeVf1iKoR6xQs'
export const kid = 'k1'

/** 2026-11-23T08:09:10Z, in milliseconds. */
export const nowMs = Date.UTC(2026, 10, 23, 8, 9, 10)
export const now = () => nowMs

export const baseUrl = 'https://img.example.com'

/** A signer of the tests: its clock stands still. */
export function testSigner(options: Partial<SignerOptions> = {}) {
  return createSigner({ secret, kid, baseUrl, now, ...options })
}

/** Settings under which nothing is shown without a signature. */
export const signedOnly: DecisionSettings = {
  access: [['', 'signed']],
  unsigned: unsignedPattern,
  overlays: '',
  ladder: [320, 640, 1280],
  aspects: ['1-1', '16-9'],
  presets: { card: { width: 400, aspect: '4-3', fit: 'cover' } },
  lifetime: 604_800,
  skew: 60,
}

/** What the edge decides about `url`, for a browser that takes AVIF. */
export function askEdge(
  url: string,
  { settings = signedOnly, at = nowMs / 1000, secrets = { [kid]: secret } as Record<string, string> } = {},
) {
  const { path, query } = splitUrl(url)
  const decision = examine(path, query, at, settings)
  const header = (name: string) => (name === 'accept' ? 'image/avif,image/webp,*/*' : '')
  decide(decision, path, header, secrets[decision.kid ?? ''] ?? '', settings)
  return decision
}
