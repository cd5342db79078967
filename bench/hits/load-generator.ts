import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { accept } from './client.ts'

/** What one round of load measured. */
export interface Load {
  hitsPerSecond: number
  p50Ms: number
  p99Ms: number
}

export interface LoadGenerator {
  /** With its version. */
  name: string
  /** What to know before its figures are believed. */
  caveat?: string
  /**
   * Asks for `url` as fast as it can for `seconds`.
   *
   * @throws Error where an answer was an error, which would be faster than an image.
   */
  run(url: string, seconds: number): Promise<Load>
}

/** Connections kept open: enough to keep a server on one core busy, few enough that latency is not mostly waiting. */
export const connections = 32

const runFile = promisify(execFile)

/** wrk where it is installed: it takes least from the machine that the servers share. Else autocannon. */
export async function chooseLoadGenerator(): Promise<LoadGenerator> {
  // `wrk -v` prints its version and ends with 1.
  const { error, stdout } = spawnSync('wrk', ['-v'], { encoding: 'utf8' })
  const version = /^wrk (\S+)/.exec(stdout ?? '')?.[1]
  return error || !version ? createAutocannon() : createWrk(version)
}

function createWrk(version: string): LoadGenerator {
  return {
    name: `wrk ${version}`,
    async run(url, seconds) {
      const wanted = ['-t', '1', '-c', `${connections}`, '-d', `${seconds}s`, '--latency']
      const { stdout } = await runFile('wrk', [...wanted, '-H', `Accept: ${accept}`, url])
      if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`expected no errors but received\n${stdout}`)
      return {
        hitsPerSecond: readFigure(stdout, /Requests\/sec:\s+([\d.]+)/),
        p50Ms: readMilliseconds(stdout, '50%'),
        p99Ms: readMilliseconds(stdout, '99%'),
      }
    },
  }
}

function readFigure(output: string, pattern: RegExp): number {
  const figure = Number(pattern.exec(output)?.[1])
  if (figure > 0) return figure
  throw new Error(`expected ${pattern} but received\n${output}`)
}

/** wrk writes a latency with the unit that suits it. */
function readMilliseconds(output: string, percentile: string): number {
  const [, figure = '', unit = ''] = new RegExp(`${percentile}\\s+([\\d.]+)(us|ms|s)\\b`).exec(output) ?? []
  const milliseconds = { us: 0.001, ms: 1, s: 1000 }[unit]
  if (milliseconds) return Number(figure) * milliseconds
  throw new Error(`expected a latency at ${percentile} but received\n${output}`)
}

function createAutocannon(): LoadGenerator {
  const script = createRequire(import.meta.url).resolve('autocannon')
  const { version } = JSON.parse(readFileSync(new URL('package.json', `file://${script}`), 'utf8'))
  return {
    name: `autocannon ${version}`,
    // Measured with 20 kB a hit on two cores: 2,400 hits/s of a server that gives wrk 54,000.
    caveat: 'autocannon is slower than both servers, so its ratio says little: install wrk',
    async run(url, seconds) {
      const wanted = ['-c', `${connections}`, '-d', `${seconds}`, '-H', `Accept=${accept}`]
      const { stdout } = await runFile(process.execPath, [script, '--json', '--no-progress', ...wanted, url])
      const { requests, latency, errors, non2xx } = JSON.parse(stdout)
      if (errors + non2xx > 0) throw new Error(`expected no errors but received ${errors + non2xx}`)
      return { hitsPerSecond: requests.average, p50Ms: latency.p50, p99Ms: latency.p99 }
    },
  }
}
