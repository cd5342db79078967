import type { Context } from './command.ts'

// A reader that has seen enough, as `head` has: nothing more to say. Anything else, a full disk, is told.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.stderr.write(`fovea: expected to print but received ${code}\n`)
  process.exit(1)
})

/** The rim, where environment, folder, clock and streams of the process are met. */
export const processContext: Context = {
  environment: process.env,
  folder: process.cwd(),
  now: Date.now,
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
}
