import { formatElements, xmlDeclaration } from '../xml.ts'
import { findUnexpected } from './address.ts'
import type { Answer } from './answer.ts'
import { answerError } from './answer-error.ts'
import { describeObject } from './folder.ts'
import { listKeys } from './list-keys.ts'
import { cutPage, type ListEntry } from './list-page.ts'

/** S3's largest page, and its default; more may be asked for but is not given. */
const maxPageKeys = 1000

const knownParameters = [
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
]

export interface ListQuestion {
  /** The folder's real path. */
  root: string
  bucket: string
  query: Record<string, string[]>
  /** What an error shows besides code and message. */
  detail: Record<string, string>
}

/**
 * Answers ListObjectsV2. Version 1 and everything else that is asked of a bucket by a query parameter is 501.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function answerList({ root, bucket, query, detail }: ListQuestion): Promise<Answer> {
  const read = (name: string) => query[name]?.[0]
  const refuse = (name: string, message: string) =>
    answerError(
      'InvalidArgument',
      { ...detail, ArgumentName: name, ArgumentValue: read(name) ?? '' },
      message,
    )

  const unexpected = findUnexpected(query, knownParameters)
  if (unexpected !== undefined) return answerError('NotImplemented', { ...detail, Parameter: unexpected })
  if (read('list-type') !== '2') {
    return answerError('NotImplemented', detail, 'Of listings, only list-type=2 is implemented.')
  }
  const maxKeys = read('max-keys') ?? String(maxPageKeys)
  if (!/^\d{1,9}$/.test(maxKeys)) return refuse('max-keys', 'max-keys must be an integer from 0.')
  const encodingType = read('encoding-type')
  if (encodingType !== undefined && encodingType !== 'url')
    return refuse('encoding-type', 'Only url is known.')
  const token = read('continuation-token')
  const continueAfter = token === undefined ? undefined : readToken(token)
  if (token !== undefined && continueAfter === undefined) {
    return refuse('continuation-token', 'The continuation token provided is incorrect')
  }

  const prefix = read('prefix') ?? ''
  const delimiter = read('delimiter') ?? ''
  const startAfter = read('start-after') ?? ''
  const pageSize = Math.min(Number(maxKeys), maxPageKeys)
  const keys = pageSize === 0 ? [] : await listKeys(root, prefix)
  const page = cutPage(keys, { prefix, delimiter, startAfter, continueAfter, maxKeys: pageSize })

  const encode = encodingType === 'url' ? encodeKey : (key: string) => key
  const entries = await Promise.all(page.entries.map((entry) => formatEntry(entry, root, encode)))
  const summary = formatElements({
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    EncodingType: encodingType,
    MaxKeys: pageSize,
    KeyCount: entries.filter((entry) => entry !== '').length,
    IsTruncated: page.nextAfter !== undefined,
    ContinuationToken: token,
    NextContinuationToken: page.nextAfter === undefined ? undefined : formatToken(page.nextAfter),
  })
  const body = `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${summary}${entries.join('')}</ListBucketResult>`
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xmlDeclaration + body }
}

/** Empty for a file that has gone since its folder was read. */
async function formatEntry({ kind, name }: ListEntry, root: string, encode: (key: string) => string) {
  if (kind === 'prefix') return `<CommonPrefixes>${formatElements({ Prefix: encode(name) })}</CommonPrefixes>`
  const metadata = await describeObject(root, name)
  if (metadata === undefined) return ''
  const fields = formatElements({
    Key: encode(name),
    LastModified: metadata.lastModifiedAt.toISOString(),
    ETag: metadata.etag,
    Size: metadata.sizeBytes,
    StorageClass: metadata.storageClass,
  })
  return `<Contents>${fields}</Contents>`
}

/** S3 writes a space as `+`; as `%20` it is read rightly both by clients that know this and by those that do not. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/')
}

function formatToken(name: string): string {
  return Buffer.from(name).toString('base64url')
}

function readToken(token: string): string | undefined {
  const name = Buffer.from(token, 'base64url').toString()
  return name !== '' && formatToken(name) === token ? name : undefined
}
