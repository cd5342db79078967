// What a backend imports as `fovea/keys`: the signing keys of a deployment, in its KeyValueStore.

export { removeExplainToken, setExplainToken } from './keys/explain-token.ts'
export { type KeyStore, type KeyStoreSettings, openKeyStore } from './keys/key-store.ts'
export { KeyStoreError, type KeyStoreErrorCode } from './keys/key-store-error.ts'
export {
  type KeyList,
  listKeys,
  type NewKey,
  type NewKeyOptions,
  newKey,
  type RetireOptions,
  type RotateOptions,
  type Rotation,
  retireKey,
  rotateKey,
} from './keys/signing-keys.ts'
