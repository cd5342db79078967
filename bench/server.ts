import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own, so that it shares no event loop with the bench or another server. */
export interface Server {
  /** `http://127.0.0.1:PORT`. */
  url: string
  /** Sends the process another message. */
  tell(message: object): void
  stop(): void
}

/** Milliseconds that a server may take to listen: the edge reads the template and starts a sandbox. */
const startTimeoutMs = 30_000

/**
 * Starts the TypeScript at `script`, sends it `setup`, and waits for the port that it sends back.
 *
 * @throws Error where it ends or stays silent instead.
 */
export function startServer(script: URL, setup: object): Promise<Server> {
  const child = fork(fileURLToPath(script), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    // Its standard output must not mix with the figures.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.send(setup)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`no port within ${startTimeoutMs} ms`), startTimeoutMs)
    const fail = (reason: string) => {
      clearTimeout(timer)
      child.kill()
      reject(new Error(`${fileURLToPath(script)}: expected a port but received ${reason}`))
    }
    child.once('exit', (code, signal) => fail(`its end with ${signal ?? `code ${code}`}`))
    child.once('message', (port: number) => {
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve({
        url: `http://127.0.0.1:${port}`,
        tell: (told) => void child.send(told),
        stop: () => stop(child),
      })
    })
  })
}

/** The scripts end when the channel closes, so they outlive neither this process nor a call of `stop`. */
function stop(child: ChildProcess): void {
  child.disconnect()
}
