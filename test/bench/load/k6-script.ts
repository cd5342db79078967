import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { build } from 'esbuild'

/** A request that the script sent. */
export interface SentByK6 {
  url: string
  headers: Record<string, string>
  redirects: number
}

/** The script of k6 as k6 would have it: its exports, what it sent, what it counted. */
export interface LoadedK6Script {
  options: {
    scenarios: { trace: Record<string, unknown> }
    thresholds: Record<string, string[]>
  }
  /** Plays the iteration of this number; `answer` is what it gets. */
  play(iteration: number, answer: { status: number; xCache: string }): void
  classify(status: number, xCache: string): string
  sent: SentByK6[]
  /** Values added to each metric. */
  metrics: Record<string, unknown[]>
  /** Checks by name: whether all held. */
  checks: Record<string, boolean>
}

/** The script's path. */
export const k6Script = fileURLToPath(new URL('../../../bench/load/k6/fovea.js', import.meta.url))

/** What the script imports of k6, and no more: a module or an export that k6 lacks is an error of the build. */
const modules: Readonly<Record<string, string>> = {
  k6: 'export const check = k6.check',
  'k6/data': 'export const SharedArray = k6.SharedArray',
  'k6/execution': 'export default k6.exec',
  'k6/http': 'export default k6.http',
  'k6/metrics': 'export const { Counter, Rate, Trend } = k6',
}

/**
 * Runs the script's init code with stand-ins for k6's modules and its globals alone: no `process`, no `URL`, no timers.
 *
 * @param trace what `open` reads.
 * @throws what the init code throws.
 */
export async function loadK6Script(
  environment: Record<string, string>,
  trace: string,
): Promise<LoadedK6Script> {
  const { outputFiles } = await build({
    entryPoints: [k6Script],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'script',
    logLevel: 'silent',
    plugins: [
      {
        name: 'k6',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^k6(\/|$)/ }, ({ path }) => ({ path, namespace: 'k6' }))
          onLoad({ filter: /.*/, namespace: 'k6' }, ({ path }) => ({ contents: modules[path] ?? '' }))
        },
      },
    ],
  })
  const sent: SentByK6[] = []
  const metrics: Record<string, unknown[]> = {}
  const checks: Record<string, boolean> = {}
  const exec = { scenario: { iterationInTest: 0 } }
  let next = { status: 200, xCache: '' }
  class Metric {
    readonly values: unknown[]
    constructor(name: string) {
      this.values = metrics[name] = []
    }
    add(value: unknown) {
      this.values.push(value)
    }
  }
  const http = {
    get(url: string, { headers, redirects }: Omit<SentByK6, 'url'>) {
      sent.push({ url, headers: { ...headers }, redirects })
      return { status: next.status, headers: { 'X-Cache': next.xCache }, timings: { duration: 12 } }
    },
  }
  const check = (answer: unknown, named: Record<string, (answer: unknown) => boolean>) => {
    for (const [name, holds] of Object.entries(named)) checks[name] = (checks[name] ?? true) && holds(answer)
  }
  function SharedArray(_name: string, read: () => unknown[]) {
    return read()
  }
  const context = vm.createContext({
    k6: { check, exec, http, SharedArray, Counter: Metric, Rate: Metric, Trend: Metric },
    __ENV: environment,
    open: () => trace,
  })
  vm.runInContext(`${outputFiles[0]?.text}\nthis.loaded = script`, context)
  const { loaded } = context
  return {
    options: loaded.options,
    play(iteration, answer) {
      exec.scenario.iterationInTest = iteration
      next = answer
      loaded.default()
    },
    classify: loaded.classify,
    sent,
    metrics,
    checks,
  }
}
