// What a backend imports as `fovea`: signed URLs, made and verified. Its only package is node:crypto.

export { createSigner, type Signer, type SignerOptions, type SignOptions } from './create-signer.ts'
export type { ExpiryOptions } from './expiry.ts'
export type { ImageParameters } from './image-parameters.ts'
export type { DensityImageParameters, UrlSet, WidthImageParameters } from './url-set.ts'
export { type Verification, type VerifyOptions, verifyUrl } from './verify-url.ts'
