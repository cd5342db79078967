// The trace of `npm run bench:load`, played by k6 (https://k6.io) at a fixed arrival rate.
//
//   npm run bench:load -- --export trace.json --originals keys.txt --rps 100 --duration 60
//   k6 run -e TRACE=$PWD/trace.json -e TARGET=http://localhost:8080 -e RPS=100 -e DURATION=60 bench/load/k6/fovea.js
//
// TARGET must be this machine, unless I_OWN_THIS=true. Signed URLs of a trace end with their lifetime: export it anew each day.

import { check } from 'k6'
import { SharedArray } from 'k6/data'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter, Rate, Trend } from 'k6/metrics'

const target = __ENV.TARGET || 'http://localhost:8080'
const rate = Number(__ENV.RPS || 50)
const seconds = Number(__ENV.DURATION || 30)
const maxRequests = Number(__ENV.MAX_REQUESTS || 100000)

// By its letters alone, so that no name server has a say: user names, other hosts and odd spellings of addresses do not fit.
const thisMachine = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/
if (!thisMachine.test(target) && __ENV.I_OWN_THIS !== 'true') {
  throw new Error(
    `TARGET: expected this machine (http://localhost:PORT) but received ${target}. A load test of a server that is not yours is an attack: say -e I_OWN_THIS=true for your own`,
  )
}

const trace = new SharedArray('trace', () => JSON.parse(open(__ENV.TRACE || 'trace.json')))

export const options = {
  // A trace has thousands of URLs: without this each would be a time series of its own.
  systemTags: ['status', 'method', 'scenario', 'error_code'],
  discardResponseBodies: true,
  summaryTrendStats: ['count', 'med', 'p(95)', 'p(99)', 'max'],
  scenarios: {
    trace: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${Math.min(seconds, Math.ceil(maxRequests / rate))}s`,
      preAllocatedVUs: Math.max(10, rate),
      maxVUs: Math.max(100, rate * 10),
    },
  },
  thresholds: { fovea_errors: ['count==0'], dropped_iterations: ['count==0'] },
}

const classes = ['hit', 'miss', 'refusal', 'missing', 'throttled', 'error']
const times = Object.fromEntries(classes.map((name) => [name, new Trend(`fovea_${name}_ms`, true)]))
const errors = new Counter('fovea_errors')
const hits = new Rate('fovea_hits')

/** As `bench/load/answer-class.ts` has it. */
export function classify(status, xCache) {
  if (status === 0 || status >= 500) return 'error'
  if (status === 429) return 'throttled'
  if (status === 404 || status === 410) return 'missing'
  if (status >= 400 || (status >= 300 && status !== 304)) return 'refusal'
  return /^Hit\b/i.test(xCache) ? 'hit' : 'miss'
}

export default function play() {
  const at = exec.scenario.iterationInTest
  if (at >= maxRequests) return
  const { target: path, headers, intent, expected } = trace[at % trace.length]
  const answer = http.get(`${target}${path}`, { headers, redirects: 0, timeout: '40s', tags: { intent } })
  const name = classify(answer.status, answer.headers['X-Cache'] || '')
  times[name].add(answer.timings.duration)
  errors.add(name === 'error' ? 1 : 0)
  if (name === 'hit' || name === 'miss') hits.add(name === 'hit')
  check(answer, { [`${intent}: status as expected`]: ({ status }) => expected.includes(status) })
}
