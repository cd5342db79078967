import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyStore, KeyStoreSettings } from '../keys/key-store.ts'
import { type CommandOptions, type Context, type GivenArguments, UsageError } from './command.ts'

export const keyStoreOptions = {
  arn: {
    placeholder: 'ARN',
    text: 'of the KeyValueStore: the stack’s output KeyValueStoreArn (default: FOVEA_KEY_VALUE_STORE_ARN)',
  },
  local: { text: 'the store of the local edge that runs in this folder (npm start)' },
} as const satisfies CommandOptions

/** What a running local edge leaves in the folder where it was started. */
const accessFile = 'build/edge/key-value-store.json'

/** Lets `use` have the store that was chosen, and closes it. */
export async function withKeyStore<T>(
  given: GivenArguments,
  context: Context,
  use: (store: KeyStore) => Promise<T>,
): Promise<T> {
  const store = await openStore(
    given.flag('local') ? await readLocalAccess(context.folder) : readNamedStore(given, context),
  )
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** The AWS client takes as long to load as the rest of the command line: only commands that need it wait for it. */
async function openStore(settings: KeyStoreSettings): Promise<KeyStore> {
  const { openKeyStore } = await import('../keys/key-store.ts')
  return openKeyStore(settings)
}

function readNamedStore(given: GivenArguments, { environment }: Context): KeyStoreSettings {
  const arn = given.text('arn') ?? environment.FOVEA_KEY_VALUE_STORE_ARN
  if (!arn) throw new UsageError('expected --arn, FOVEA_KEY_VALUE_STORE_ARN or --local')
  return { arn }
}

/** @throws Error where no local edge runs here. */
async function readLocalAccess(folder: string): Promise<KeyStoreSettings> {
  const text = await readFile(join(folder, accessFile), 'utf8').catch(() => undefined)
  if (text === undefined) {
    throw new Error(`expected ${accessFile}, which a running local edge leaves (npm start), but found none`)
  }
  const access: Record<string, string | undefined> = JSON.parse(text)
  const { endpoint, arn = '', accessKeyId = '', secretAccessKey = '' } = access
  return { endpoint, arn, credentials: { accessKeyId, secretAccessKey } }
}
