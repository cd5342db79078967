import { fork } from 'node:child_process'
import { bundleScript } from '../bundle.ts'
import type { ContenderReply, ContenderRequest, Job, Lap, ProcessFigures } from './contender.ts'

/** A process that makes variants. */
export interface Contender {
  make(job: Job): Promise<Lap>
  describe(): Promise<ProcessFigures>
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
  const child = fork(await bundleScript(script), [...args], {
    env: { ...environment },
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ask = (request: ContenderRequest): Promise<ContenderReply> =>
    new Promise((resolve, reject) => {
      const end = () => reject(new Error(`expected an answer of ${script.pathname} but it ended`))
      child.once('exit', end)
      child.once('message', (reply: ContenderReply) => {
        child.off('exit', end)
        if ('error' in reply) reject(new Error(reply.error))
        else resolve(reply)
      })
      child.send(request)
    })
  return {
    async make(job) {
      const reply = await ask({ job })
      if ('lap' in reply) return reply.lap
      throw new Error('expected a lap')
    },
    async describe() {
      const reply = await ask({ describe: true })
      if ('figures' in reply) return reply.figures
      throw new Error('expected figures')
    },
    // It ends when the channel closes.
    stop: () => child.disconnect(),
  }
}
