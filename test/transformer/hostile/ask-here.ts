import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVectorMaker } from '../../../transformer/vector/vector-maker.ts'
import { makePhotograph } from '../../images/photograph.ts'
import { createTransformer, type Received } from '../run.ts'
import type { Answered, Asked, Outcome } from './ask-apart.ts'

// A process of its own: asks for variants of the files in a folder, and for a good picture after each, and says what came.
const [folder = ''] = process.argv.slice(2)
const asked: Asked[] = JSON.parse(readFileSync(join(folder, 'asked.json'), 'utf8'))
const vectors = createVectorMaker(fileURLToPath(new URL('../vector/vector-script.ts', import.meta.url)))
const { get, pictures, logged } = createTransformer({}, { vectors })
pictures.good = await makePhotograph(48, 32).jpeg().toBuffer()
const askGood = () => get('good', { width: 24, format: 'webp' })
const first = await askGood()

const answers: Answered[][] = []
for (const { key, variants } of asked) {
  pictures[key] = readFileSync(join(folder, String(answers.length)))
  const own: Answered[] = []
  for (const parameters of variants) {
    const startedAt = performance.now()
    const received = await get(key, parameters)
    own.push(describe(received, performance.now() - startedAt, await askGood()))
  }
  answers.push(own)
  delete pictures[key]
}
process.stdout.write(
  JSON.stringify({ answers, failures: logged.length, peakBytes: readPeak() } satisfies Outcome),
)
// What is stuck in libvips would keep the process.
process.stdout.end(() => process.kill(process.pid, 'SIGKILL'))

function describe({ status, headers, body }: Received, tookMs: number, next: Received): Answered {
  return {
    status,
    headers,
    body: body.toString('base64'),
    tookMs,
    nextIsServed: next.status === 200 && next.body.equals(first.body),
  }
}

/** The most that this process has been. On Linux `maxRSS` begins with what its parent was, so the kernel is asked itself. */
function readPeak(): number {
  const file = '/proc/self/status'
  const [, kilobytes] = (existsSync(file) && /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(file, 'utf8'))) || []
  return 1024 * (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS)
}
