import { type ChildProcess, fork } from 'node:child_process'

/** A process that does what it is asked, one thing at a time. */
export interface Child<Request extends object, Reply extends object> {
  /** @throws Error with what the process threw, or that it ended. */
  ask(request: Request): Promise<Reply>
  /** Of the process; undefined where it could not be started. */
  pid: number | undefined
  stop(): void
}

export interface ChildOptions {
  /** All that it has. */
  environment: Readonly<Record<string, string>>
  args?: readonly string[]
  /** Flags of Node. */
  execArgv?: readonly string[]
}

/** What comes back. */
type Message<Reply extends object> = { reply: Reply } | { error: string }

/** Starts the JavaScript at `file`, which calls {@link answerParent}. */
export function startChild<Request extends object, Reply extends object>(
  file: string,
  { environment, args = [], execArgv = [] }: ChildOptions,
): Child<Request, Reply> {
  const child = fork(file, [...args], {
    env: { ...environment },
    execArgv: [...execArgv],
    serialization: 'advanced',
    // Its standard output must not mix with the figures.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return {
    ask: (request) => exchange(child, request, file),
    pid: child.pid,
    // It ends when the channel closes.
    stop: () => child.connected && child.disconnect(),
  }
}

function exchange<Reply extends object>(child: ChildProcess, request: object, file: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null, signal: string | null) =>
      reject(new Error(`expected an answer of ${file} but it ended with ${signal ?? `code ${code}`}`))
    child.once('exit', end)
    child.once('message', (message: Message<Reply>) => {
      child.off('exit', end)
      if ('error' in message) reject(new Error(message.error))
      else resolve(message.reply)
    })
    child.send(request)
  })
}

/** Makes this process one that answers its parent, until that ends or lets it go. */
export function answerParent<Request extends object, Reply extends object>(
  answer: (request: Request) => Promise<Reply>,
): void {
  process.on('message', async (request: Request) => {
    const message = await answer(request).then(
      (reply): Message<Reply> => ({ reply }),
      (error: unknown) => ({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    )
    process.send?.(message)
  })
  process.once('disconnect', () => process.exit())
}
