// biome-ignore lint/style/useNodejsImportProtocol: the module’s name in CloudFront’s runtime too
import crypto from 'crypto'

/**
 * The cache tag of everything made of one original, errors too: `o-` and 32 hexadecimal digits, a digest of its key. Keys themselves
 * would not do: a tag is visible ASCII without commas, at most 256 characters, and case-blind.
 * Source: CloudFront developer guide, "What you need to know when invalidating tags".
 */
export function formatCacheTag(key: string): string {
  return `o-${crypto.createHash('sha256').update(key).digest('hex').slice(0, 32)}`
}
