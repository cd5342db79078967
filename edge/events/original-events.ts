import { randomUUID } from 'node:crypto'
import { relative, sep } from 'node:path'
import { watch } from 'chokidar'
import { isServableKey } from '../s3-endpoint/folder.ts'

/** What S3 calls a change. */
export type ChangeType = 'Object Created' | 'Object Deleted'

/** What chokidar calls it. A folder is no object. */
const types: Readonly<Record<string, ChangeType>> = {
  add: 'Object Created',
  change: 'Object Created',
  unlink: 'Object Deleted',
}

/** An event of S3 as EventBridge passes it on. Source: S3 user guide, "EventBridge event message structure". */
export function formatOriginalEvent(type: ChangeType, key: string, bucket: string, now: number) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source: 'aws.s3',
    account: '000000000000',
    time: new Date(now).toISOString(),
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key },
      reason: type === 'Object Created' ? 'PutObject' : 'DeleteObject',
      ...(type === 'Object Deleted' && { 'deletion-type': 'Delete Marker Created' }),
    },
  }
}

/**
 * Watches a folder of originals.
 *
 * @param tell is told the key of each that is created, overwritten or deleted from when the promise is kept.
 * @returns what ends it.
 */
export async function watchOriginals(
  folder: string,
  tell: (type: ChangeType, key: string) => void,
): Promise<() => Promise<void>> {
  const watcher = watch(folder, { ignoreInitial: true })
  watcher.on('all', (name, path) => {
    const type = types[name]
    const key = relative(folder, path).split(sep).join('/')
    if (type && isServableKey(key)) tell(type, key)
  })
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', () => resolve())
    watcher.once('error', reject)
  })
  return () => watcher.close()
}
