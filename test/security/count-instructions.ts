import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { requirement } from '../requirements.ts'
import { type Headers, now, readBuiltFunction, secrets } from './run-edge.ts'

const runFile = promisify(execFile)

const hasTool = (tool: string, flag: string) => spawnSync(tool, [flag]).error === undefined

const hasNjs = hasTool('njs', '-v')
const hasValgrind = hasTool('valgrind', '--version')

/** What suites take that count instructions: njs behaves like CloudFront's engine, callgrind counts what it executes. */
export const counting = requirement(hasNjs ? 'valgrind' : 'njs', hasNjs && hasValgrind)

if (counting.skip) console.log(`instructions are not counted: ${counting.skip}`)

/** A request, as njs is given it. */
export interface CountedRequest {
  path: string
  /** Undefined where the URL has no `?`. */
  query?: string
  headers?: Headers
}

export interface CountOptions {
  /** In place of some of the settings of most tests. */
  own?: Partial<DecisionSettings>
  /** Default 1. */
  calls?: number
}

/** What it cost to answer it. */
export interface Count {
  /** Instructions of the process from start to end: the same on every run. */
  instructions: number
  /** The status, or the path of the rewritten request, cut. */
  answer: string
}

/** What CloudFront's modules give, in njs: the secrets of the tests, and njs's own crypto. */
const modules = `var modules = {
  crypto: require('crypto'),
  cloudfront: { kvs: function () {
    var secrets = ${JSON.stringify(secrets)};
    return {
      get: function (name) { return name in secrets ? Promise.resolve(secrets[name]) : Promise.reject(new Error(name)) },
      exists: function (name) { return Promise.resolve(name in secrets) },
    }
  } },
};
Date.now = function () { return ${now * 1000} };`

/**
 * Counts what a fresh process executes to load the built function and to answer `request` so many times. Differences of
 * two counts leave out whatever both do.
 */
export async function countInstructions(
  request: CountedRequest,
  { own = {}, calls = 1 }: CountOptions = {},
): Promise<Count> {
  const code = await readBuiltFunction(own, 'modules')
  const folder = await mkdtemp(join(tmpdir(), 'fovea-security-'))
  try {
    await writeFile(join(folder, 'run.js'), `${modules}\n${code}\n${formatDriver(request, calls)}`)
    const valgrind = ['--tool=callgrind', '--callgrind-out-file=/dev/null', 'njs', 'run.js']
    const { stdout, stderr } = await runFile('valgrind', valgrind, { cwd: folder })
    const collected = /Collected : (\d+)/.exec(stderr)?.[1]
    const answer = /^ANSWER (.*)$/m.exec(stdout)?.[1]
    // njs exits with 0 where a script fails, and says so on its output.
    if (!collected || answer === undefined)
      throw new Error(`njs: ${stdout.slice(0, 500)} ${stderr.slice(-500)}`)
    return { instructions: Number(collected), answer }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function formatDriver({ path, query, headers = {} }: CountedRequest, calls: number): string {
  const named = Object.entries(headers).map(([name, value]) => [name, { value }])
  return `(function () {
    var query = ${JSON.stringify(query)};
    var last;
    for (var i = 0; i < ${calls}; i++) {
      last = handler({ request: {
        method: 'GET', uri: ${JSON.stringify(path)}, querystring: {}, cookies: {},
        headers: ${JSON.stringify(Object.fromEntries(named))},
        rawQueryString: function () { return query },
      } });
    }
    last.then(function (result) {
      var answer = result.statusCode ? String(result.statusCode) + ' ' + result.body.data : result.uri;
      console.log('ANSWER ' + answer.slice(0, 100));
    }, function (error) { console.log('THROWN ' + error) });
  })()`
}
