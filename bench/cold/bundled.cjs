// The built transformer as a cold start has it: loaded, called once, its answer written. What took how long goes to file
// descriptor 3 when the answer is out. Arguments: the bundle, an event in JSON.

const bootedMs = performance.now()
const { writeSync } = require('node:fs')
const Module = require('node:module')

const [, , file, event] = process.argv
const { stdout } = process
// Where Lambda takes the log from: written as there, but not in front of the answer.
Object.defineProperty(process, 'stdout', { value: process.stderr })
let sharpMs = 0

const load = Module._load
Module._load = (request, ...rest) => {
  if (request !== 'sharp') return load(request, ...rest)
  const startedAt = performance.now()
  const loaded = load(request, ...rest)
  // What is loaded already takes no time: the first is what counts.
  sharpMs ||= performance.now() - startedAt
  return loaded
}

const requiredAt = performance.now()
const { handler } = require(file)
const loadedAt = performance.now()

handler(JSON.parse(event), { getRemainingTimeInMillis: () => 60_000 }).then((result) => {
  const madeAt = performance.now()
  if (result.statusCode !== 200) throw new Error(result.body)
  stdout.write(Buffer.from(result.body, 'base64'))
  const steps = { bootedMs, bundleMs: loadedAt - requiredAt, sharpMs, handlerMs: madeAt - loadedAt }
  writeSync(3, JSON.stringify({ ...steps, serverTiming: result.headers['server-timing'] }))
})
