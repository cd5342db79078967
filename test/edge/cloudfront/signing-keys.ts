import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto'

/** A key pair, both halves in PEM. */
export interface SigningKey {
  privateKey: string
  publicKey: string
}

export function createRsaKey(modulusLength = 2048): SigningKey {
  return writePair(generateKeyPairSync('rsa', { modulusLength }))
}

export function createEcKey(namedCurve = 'prime256v1'): SigningKey {
  return writePair(generateKeyPairSync('ec', { namedCurve }))
}

function writePair({ privateKey, publicKey }: KeyPairKeyObjectResult): SigningKey {
  return {
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
  }
}

/** The keys of both kinds that CloudFront takes, by id, and one that is trusted besides. */
export const signingKeys = { KRSA: createRsaKey(), KEC: createEcKey(), KOTHER: createRsaKey() } as const

/** What a behaviour that trusts all of {@link signingKeys} holds. */
export const trustedKeys: ReadonlyMap<string, KeyObject> = new Map(
  Object.entries(signingKeys).map(([id, { publicKey }]) => [id, createPublicKey(publicKey)]),
)
