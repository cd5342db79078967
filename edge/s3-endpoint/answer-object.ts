import type { IncomingHttpHeaders } from 'node:http'
import { readByteRange } from '../byte-range.ts'
import { findUnexpected } from './address.ts'
import type { Answer } from './answer.ts'
import { answerError } from './answer-error.ts'
import type { Archive } from './archive.ts'
import { decideConditions } from './conditions.ts'
import { getContentType } from './content-type.ts'
import { maxKeyBytes, type ObjectMetadata, openObject } from './folder.ts'

export interface ObjectQuestion {
  /** The folder's real path. */
  root: string
  key: string
  query: Record<string, string[]>
  headers: IncomingHttpHeaders
  isHead: boolean
  archive: Archive
  /** What an error shows besides code and message. */
  detail: Record<string, string>
}

/** Answers GetObject and HeadObject; the difference is in the sending. The answer's body owns an open file. */
export async function answerObject(question: ObjectQuestion): Promise<Answer> {
  const { root, key, query, detail } = question
  const unexpected = findUnexpected(query, [])
  if (unexpected !== undefined) return answerError('NotImplemented', { ...detail, Parameter: unexpected })
  if (Buffer.byteLength(key) > maxKeyBytes) return answerError('KeyTooLongError', detail)

  // With the right to list the bucket, which these credentials have, S3 says 404 for a missing key, else 403.
  const opened = await openObject(root, key)
  if (!opened.found) return answerError(opened.code, { Key: key, ...detail })
  const { handle, metadata } = opened
  const answer = answerOpened(metadata, question)
  if (answer.part === undefined) {
    await handle.close()
    return answer
  }
  return { status: answer.status, headers: answer.headers, body: { handle, ...answer.part } }
}

type OpenedAnswer = Answer & { part?: { start: number; length: number } }

function answerOpened(
  metadata: ObjectMetadata,
  { key, headers, isHead, archive, detail }: ObjectQuestion,
): OpenedAnswer {
  const { etag, lastModifiedAt, sizeBytes, storageClass } = metadata
  // Its head can be read at any time.
  if (!isHead && archive.isClosed(key, storageClass)) {
    return answerError('InvalidObjectState', { ...detail, StorageClass: storageClass })
  }
  const validators = { etag, 'last-modified': lastModifiedAt.toUTCString() }
  const decision = decideConditions(headers, metadata)
  if (decision === 'not-modified') return { status: 304, headers: validators }
  if (decision === 'failed') return answerError('PreconditionFailed', detail)

  // RFC 9110 13.1.5: a range of another version than the one the client holds would not fit what it has.
  const ifRange = headers['if-range']
  const applies = ifRange === undefined || ifRange === etag || ifRange === validators['last-modified']
  const range = readByteRange(applies ? headers.range : undefined, sizeBytes)
  if (range === 'unsatisfiable') {
    const refusal = answerError('InvalidRange', { ...detail, ActualObjectSize: String(sizeBytes) })
    return { ...refusal, headers: { ...refusal.headers, 'content-range': `bytes */${sizeBytes}` } }
  }

  const common = {
    ...validators,
    ...describeKept(metadata, archive.describe(key)),
    'accept-ranges': 'bytes',
    'content-type': getContentType(key),
  }
  if (range === 'whole') return { status: 200, headers: common, part: { start: 0, length: sizeBytes } }
  const contentRange = `bytes ${range.start}-${range.start + range.length - 1}/${sizeBytes}`
  return { status: 206, headers: { ...common, 'content-range': contentRange }, part: range }
}

/** S3 names every class but its standard one. */
function describeKept({ storageClass, metadata }: ObjectMetadata, restore: string | undefined) {
  const named = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])
  return {
    ...Object.fromEntries(named),
    ...(storageClass !== 'STANDARD' && { 'x-amz-storage-class': storageClass }),
    ...(restore !== undefined && { 'x-amz-restore': restore }),
  }
}
