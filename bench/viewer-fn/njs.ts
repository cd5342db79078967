import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { storeModule } from './store.ts'

/** Code that does nothing with an event, to subtract what reading the event costs. */
export const idleCode = 'function handler(event) { return event.request }'

/** Calls in one process: njs frees no memory, so that as many of the worst take half a gigabyte. */
export const maxCalls = 500

/** Characters of an answer that are looked at: njs cuts what it prints at 2,048. */
const answerLength = 200

/** What the last answer says first, and what all calls took. */
export interface NjsRun {
  answer: string
  milliseconds: number
  storeReads: number
  /** Memory of the process before the first call; undefined where there is no `/proc`. */
  startBytes?: number
  /** The same after the last. */
  endBytes?: number
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

/** Instructions that njs executes from start to end for `script`: but for a few the same on every run. */
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

/** What it takes to load a file, before its handler is called. */
export interface StartCost {
  /** Instructions to compile it, regular expressions included. */
  compile: number
  /** Instructions to run what is not in a function, once it is compiled. */
  run: number
}

/** Counts what loading `code` takes. Its imports are left out: CloudFront's store is no file to be read and compiled. */
export async function countStartInstructions(code: string): Promise<StartCost> {
  const imports = code.match(/\bimport \w+ from ?"\w+";/g)?.join('') ?? ''
  if (!code.startsWith(imports)) throw new Error('expected imports at the beginning of the edge function')
  const wrapped = `${imports}function bench_start(){${code.slice(imports.length)}\n}\n`
  const compiled = await countInstructions(wrapped)
  return {
    compile: compiled - (await countInstructions(imports)),
    run: (await countInstructions(`${wrapped}bench_start()`)) - compiled,
  }
}

/**
 * Every call has an event of its own, since the function changes it; all are made before the clock starts. A promise of
 * the last call settles after those before it. In a function of its own, since the minified code takes the short names.
 */
function formatDriver(event: string, calls: number): string {
  return `import benchStore from 'cloudfront';
  (function () {
    function readBytes() {
      try {
        return 1024 * require('fs').readFileSync('/proc/self/status', 'utf8').match(/RssAnon:\\s*(\\d+)/)[1];
      } catch (error) {
        return undefined;
      }
    }
    var events = [];
    for (var i = 0; i < ${calls}; i++) {
      var made = JSON.parse(${JSON.stringify(event)});
      made.request.rawQueryString = (function (raw) { return function () { return raw } })(made.rawQueryString);
      events.push(made);
    }
    var startBytes = readBytes();
    var startedAt = Date.now();
    var last;
    for (var j = 0; j < ${calls}; j++) last = handler(events[j]);
    Promise.resolve(last).then(function (result) {
      var milliseconds = Date.now() - startedAt;
      var error = (result.headers['x-fovea-error'] || { value: '' }).value;
      var answer = result.statusCode ? result.statusCode + ' ' + error : result.uri + '?' + result.querystring;
      console.log(JSON.stringify({
        answer: answer.slice(0, ${answerLength}),
        milliseconds: milliseconds,
        storeReads: benchStore.kvs().reads,
        startBytes: startBytes,
        endBytes: readBytes()
      }));
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
    // Under the very name by which the function imports it.
    await writeFile(join(folder, 'cloudfront'), storeModule)
    return await run({ folder, arguments: ['-p', '.', 'run.js'] })
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
