import type { Context } from './command.ts'

/** The rim, where environment, folder, clock and streams of the process are met. */
export const processContext: Context = {
  environment: process.env,
  folder: process.cwd(),
  now: Date.now,
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
}
