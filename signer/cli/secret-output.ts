import { open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CommandOptions, Context, GivenArguments } from './command.ts'

export const secretOutputOptions = {
  'secret-file': {
    placeholder: 'FILE',
    text: 'write the secret there, for this user alone to read, instead of printing it; the file must be new',
  },
} as const satisfies CommandOptions

/**
 * Lets `create` make a secret and keeps it where it was asked to be kept: the file is opened before anything is made, so
 * that no key is lost to a path that cannot be written.
 *
 * @returns what was made, with `secretFile` in place of the secret where there is a file.
 */
export async function keepSecret<T extends { secret: string }>(
  given: GivenArguments,
  { folder }: Context,
  create: () => Promise<T>,
): Promise<Omit<T, 'secret'> & { secret?: string; secretFile?: string }> {
  const name = given.text('secret-file')
  if (name === undefined) return create()
  const path = resolve(folder, name)
  const file = await open(path, 'wx', 0o600)
  try {
    const { secret, ...rest } = await create()
    await file.writeFile(`${secret}\n`)
    return { ...rest, secretFile: path }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
