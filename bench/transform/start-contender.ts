import { bundleScript } from '../bundle.ts'
import { startChild } from '../child.ts'
import type { ContenderReply, ContenderRequest, Job, Lap, ProcessFigures } from './contender.ts'

/** A process that makes variants. */
export interface Contender {
  make(job: Job): Promise<Lap>
  describe(): Promise<ProcessFigures>
  /** Of the process; undefined where it could not be started. */
  pid: number | undefined
  stop(): void
}

/**
 * Starts the TypeScript at `script`, bundled, as a contender.
 *
 * @param environment all that it has, so that both sides have the same.
 */
export async function startContender(
  script: URL,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  execArgv: readonly string[] = [],
): Promise<Contender> {
  const file = await bundleScript(script)
  const child = startChild<ContenderRequest, ContenderReply>(file, { environment, args, execArgv })
  return {
    async make(job) {
      const reply = await child.ask({ job })
      if ('lap' in reply) return reply.lap
      throw new Error('expected a lap')
    },
    async describe() {
      const reply = await child.ask({ describe: true })
      if ('figures' in reply) return reply.figures
      throw new Error('expected figures')
    },
    pid: child.pid,
    stop: child.stop,
  }
}
