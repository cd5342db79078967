// What a backend imports as `fovea/cloudfront`: CloudFront's own signed URLs and cookies. Apart from `fovea`, since the AWS
// package behind it takes as long to load as everything else of a small backend.

export {
  type CloudFrontCookieOptions,
  type CloudFrontCookies,
  type CookieAttributes,
  signCloudFrontCookies,
} from './cloudfront/sign-cookies.ts'
export { type CloudFrontUrlOptions, signCloudFrontUrl } from './cloudfront/sign-url.ts'
export type { CloudFrontSigningOptions } from './cloudfront/signing-options.ts'
