import { formatCacheTag } from '../../../grammar/cache-tag.ts'

/** What a message of the queue asks for. */
export interface Message {
  /** Cache tags to invalidate. */
  tags: readonly string[]
  /** Whether they were invalidated before: then it is for the last time. */
  repeated: boolean
}

/** What S3 says of an original whose variants are no longer right. Source: S3 user guide, "Using EventBridge", event types. */
const changes = ['Object Created', 'Object Deleted']

const tagPattern = /^o-[0-9a-f]{32}$/

/** Reads an event of S3, as EventBridge passes it on, or what {@link formatRepeat} wrote; undefined for anything else. */
export function readMessage(body: string): Message | undefined {
  const message = parse(body)
  if (message?.source === 'aws.s3' && changes.includes(String(message['detail-type']))) {
    const key = readField(readField(message.detail, 'object'), 'key')
    return typeof key === 'string' && key !== ''
      ? { tags: readSpellings(key).map(formatCacheTag), repeated: false }
      : undefined
  }
  const tags = message?.repeat
  if (!Array.isArray(tags) || tags.length === 0) return undefined
  return tags.every((tag) => tagPattern.test(String(tag))) ? { tags, repeated: true } : undefined
}

/** The message that has these tags invalidated once more. */
export function formatRepeat(tags: readonly string[]): string {
  return JSON.stringify({ repeat: tags })
}

/**
 * The keys that `key` of an event may stand for. S3 encodes keys in its own notifications, but not toward EventBridge, as is seen
 * there (github.com/aws-solutions-library-samples/guidance-for-medialake-on-aws, pull request 21) and nowhere documented. So where
 * a key could be an encoded one, what it would then be is taken away too: a tag too many costs a render, one too few shows the old
 * picture.
 */
function readSpellings(key: string): string[] {
  if (!/[%+]/.test(key) || !/^[\w.*/%+~!'()-]+$/.test(key)) return [key]
  try {
    return [...new Set([key, decodeURIComponent(key.replaceAll('+', ' '))])]
  } catch {
    return [key]
  }
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function readField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
