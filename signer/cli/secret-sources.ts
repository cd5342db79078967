import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CommandOptions, Context, GivenArguments } from './command.ts'

/** Where commands that sign or check take the secret from: never an argument, which all users of a machine see. */
export const secretOptions = {
  'secret-file': {
    placeholder: 'FILE',
    text: 'the file that holds the secret of the signing key; /dev/stdin for a pipe',
  },
} as const satisfies CommandOptions

export const secretNote = `The secret comes from --secret-file, else from FOVEA_SECRET.`

/** The secret that was given; undefined where none was. */
export async function readGivenSecret(given: GivenArguments, context: Context): Promise<string | undefined> {
  const file = given.text('secret-file')
  if (file === undefined) return context.environment.FOVEA_SECRET || undefined
  return (await readFile(resolve(context.folder, file), 'utf8')).trim()
}
