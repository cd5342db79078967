import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What S3 keeps beside an object's bytes and a file system does not. */
export interface Sidecar {
  /** Default `STANDARD`. */
  storageClass: StorageClass
  /** What was given as `x-amz-meta-*`, names in lower case without that. */
  metadata: Readonly<Record<string, string>>
}

export type StorageClass = (typeof storageClasses)[number]

/** Source: Amazon S3 API reference, HeadObject. */
const storageClasses = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
] as const

/** Where the sidecar of the file at `path` lies: beside it, hidden, so that it is no object itself. */
export function sidecarPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.s3.json`)
}

/**
 * Reads the sidecar of the file at `path`: `{"storageClass": "GLACIER", "metadata": {"focal-point": "0.3_0.75"}}`, either of
 * which may be left out, as may the file.
 *
 * @throws Error naming the file, where it holds anything else.
 */
export async function readSidecar(path: string): Promise<Sidecar> {
  const file = sidecarPath(path)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // A name that is too long for a hidden file has none.
    if (error.code === 'ENOENT' || error.code === 'ENAMETOOLONG') return '{}'
    throw error
  })
  const { storageClass = 'STANDARD', metadata = {} }: Partial<Sidecar> = JSON.parse(text)
  const isText = Object.entries(metadata).every((pair) => /^[a-z0-9-]+ [\x20-\x7e]*$/.test(pair.join(' ')))
  if (storageClasses.includes(storageClass) && isText) return { storageClass, metadata }
  throw new Error(`expected a storage class and metadata in ASCII in ${file} but received ${text}`)
}
