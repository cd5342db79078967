import { randomUUID } from 'node:crypto'
import type { Credentials } from '../signature-v4.ts'
import { type KeyValueStoreAccess, writeAccessFile } from './access-file.ts'
import { createKeyValueStoreEndpoint } from './endpoint.ts'
import { createStores, type Stores } from './stores.ts'

/** The KeyValueStores of a local edge and their API, running. */
export interface RunningStores {
  stores: Stores
  /** Access to the first store; undefined where there is none. */
  access(): KeyValueStoreAccess | undefined
  /** Writes the access where others look for it. To be called when the stores have changed. */
  announce(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts the API, with no store as yet.
 *
 * @param file where the access is written; undefined: nowhere.
 * @param now the clock, in epoch milliseconds.
 * @param isReachable whether viewer functions can read the stores just now; their API always can. Default: always.
 */
export async function startKeyValueStores(
  file: string | undefined,
  now: () => number,
  isReachable?: () => boolean,
): Promise<RunningStores> {
  const credentials: Credentials = { accessKeyId: 'LOCALKEYVALUESTORE', secretAccessKey: randomUUID() }
  const stores = createStores(now, isReachable)
  const server = createKeyValueStoreEndpoint({ findStore: stores.find, credentials, now })
  const endpoint = await server.listen()
  const access = () => {
    const [arn] = stores.arns()
    return arn === undefined ? undefined : { endpoint, arn, credentials }
  }
  let removeFile = async () => {}
  return {
    stores,
    access,
    async announce() {
      const found = access()
      await removeFile()
      if (file && found) removeFile = await writeAccessFile(file, found)
    },
    async close() {
      await Promise.all([server.close(), removeFile()])
    },
  }
}
