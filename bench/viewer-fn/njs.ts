import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Code that does nothing with an event, to subtract what reading the event costs. */
export const idleCode = 'function handler(event) { return event.request }'

/** Calls in one process: njs frees no memory, and a call takes about 113 KB. */
export const maxCalls = 500

/** Characters of an answer that are looked at: njs cuts what it prints at 2,048. */
const answerLength = 200

/** What an answer says first, and the time of all calls. */
export interface NjsRun {
  answer: string
  milliseconds: number
}

const runFile = promisify(execFile)

/** What a tool prints as its version; undefined where it is not installed. */
export function findVersion(tool: string, flag: string): string | undefined {
  const { error, stdout } = spawnSync(tool, [flag], { encoding: 'utf8' })
  return error ? undefined : stdout.trim()
}

/** Makes `calls` calls of the handler in `code`, in a process of njs of its own. */
export async function runInNjs(code: string, event: string, calls: number): Promise<NjsRun> {
  return withScript(`${code}\n${formatDriver(event, calls)}`, async (command) => {
    const { stdout } = await runFile('njs', command.arguments, { cwd: command.folder })
    return readOutput(stdout)
  })
}

/** Instructions that njs executes from start to end for `script`: the same on every run. */
export async function countInstructions(script: string): Promise<number> {
  return withScript(script, async ({ folder, arguments: rest }) => {
    const valgrind = ['--tool=callgrind', '--callgrind-out-file=/dev/null', 'njs', ...rest]
    const { stderr } = await runFile('valgrind', valgrind, { cwd: folder })
    const collected = /Collected : (\d+)/.exec(stderr)?.[1]
    if (!collected) throw new Error(`expected callgrind's count but received\n${stderr}`)
    return Number(collected)
  })
}

/**
 * Instructions of one call of the handler in `code`, without those of reading the event. The difference of two counts of
 * calls leaves out the start, the difference to an idle handler the rest.
 *
 * @param calls at most half of {@link maxCalls}.
 */
export async function countCallInstructions(code: string, event: string, calls: number): Promise<number> {
  const count = (source: string, times: number) =>
    countInstructions(`${source}\n${formatDriver(event, times)}`)
  const [once, twice] = [await count(code, calls), await count(code, 2 * calls)]
  const [idleOnce, idleTwice] = [await count(idleCode, calls), await count(idleCode, 2 * calls)]
  return Math.round((twice - once - (idleTwice - idleOnce)) / calls)
}

/**
 * Every call has an event of its own, since the function changes it; all are made before the clock starts. A promise of
 * the last call settles after those before it. In a function of its own, since
 * the minified code takes the short names.
 */
function formatDriver(event: string, calls: number): string {
  return `(function () {
    var events = [];
    for (var i = 0; i < ${calls}; i++) {
      var made = JSON.parse(${JSON.stringify(event)});
      made.request.rawQueryString = (function (raw) { return function () { return raw } })(made.rawQueryString);
      events.push(made);
    }
    var startedAt = Date.now();
    var last;
    for (var j = 0; j < ${calls}; j++) last = handler(events[j]);
    Promise.resolve(last).then(function (result) {
      var milliseconds = Date.now() - startedAt;
      var answer = result.statusCode ? String(result.statusCode) : result.uri + '?' + result.querystring;
      console.log(JSON.stringify({ answer: answer.slice(0, ${answerLength}), milliseconds: milliseconds }));
    });
  })()`
}

interface Command {
  folder: string
  arguments: string[]
}

async function withScript<Result>(
  script: string,
  run: (command: Command) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-njs-'))
  try {
    await writeFile(join(folder, 'run.js'), script)
    return await run({ folder, arguments: ['run.js'] })
  } finally {
    await rm(folder, { recursive: true })
  }
}

function readOutput(output: string): NjsRun {
  try {
    return JSON.parse(output)
  } catch {
    // njs exits with 0 where a script fails, and says so on its output.
    throw new Error(`njs: expected an answer but received\n${output.slice(0, 1000)}`)
  }
}
