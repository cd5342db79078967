import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { VariantParameters } from '../../../grammar/parameters.ts'
import { createVectorMaker } from '../../../transformer/vector/vector-maker.ts'
import { createRandom } from '../../security/random.ts'
import { createTransformer, type Received } from '../run.ts'
import { mutate } from './mutate.ts'
import { makeSmallFiles } from './small-files.ts'

/** What a process saw that asked for variants of many spoilt files. */
export interface Report {
  /** How many answers had each status, by the kind of file. */
  statuses: Record<string, Record<number, number>>
  /** What was wrong, each with all that it takes to see it again. */
  wrong: string[]
  peakBytes: number
}

// A process of its own, which may crash: takes a seed and a count.
const [seed = 0, count = 0] = process.argv.slice(2).map(Number)
const random = createRandom(seed)
const files = Object.entries(await makeSmallFiles())

const variants: readonly VariantParameters[] = [
  { width: 16, format: 'webp' },
  { format: 'auto' },
  { width: 24, height: 24, format: 'jpeg' },
  { format: 'original' },
  { width: 16, rotate: '90', trim: 10, format: 'png' },
  { format: 'json', metadata: 'all' },
  { format: 'gif' },
  { width: 16, metadata: 'copyright', format: 'auto.avif' },
  { format: 'auto.webp' },
]

const vectors = createVectorMaker(fileURLToPath(new URL('../vector/vector-script.ts', import.meta.url)))
const { get, pictures, logged } = createTransformer({}, { vectors })
pictures.good = files[0]?.[1] as Buffer
const askGood = () => get('good', { width: 24, format: 'webp' })
const first = await askGood()

const report: Report = { statuses: {}, wrong: [], peakBytes: 0 }
for (const [name, whole] of files) {
  pictures.whole = whole
  for (const variant of variants) {
    const { status, body } = await get('whole', variant)
    if (status !== 200) report.wrong.push(`the whole ${name}, ${JSON.stringify(variant)}: ${body}`)
  }
}
for (let index = 0; index < count; index++) {
  const [name, whole] = files[index % files.length] as [string, Buffer]
  const { bytes, how } = mutate(whole, random, random.pick(files)[1])
  const variant = random.pick(variants)
  pictures.bad = bytes
  const received = await get('bad', variant)
  const statuses = report.statuses[name] ?? {}
  report.statuses[name] = statuses
  statuses[received.status] = (statuses[received.status] ?? 0) + 1
  const next = await askGood()
  const served = next.status === 200 && next.body.equals(first.body)
  const problem = served ? await findProblem(received, variant) : 'the next is not served as before'
  if (problem)
    report.wrong.push(`seed ${seed}, ${index}: ${name}, ${how}, ${JSON.stringify(variant)}: ${problem}`)
}
for (const entry of logged) report.wrong.push(JSON.stringify(entry))
report.peakBytes = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify(report))
process.stdout.end(() => process.kill(process.pid, 'SIGKILL'))

/** What is wrong with an answer; undefined where it is a picture, a description or an honest refusal. */
async function findProblem({ status, headers, body }: Received, { format }: VariantParameters) {
  const type = headers['content-type']
  if (headers['x-content-type-options'] !== 'nosniff') return 'no nosniff'
  if (status === 415) return type === 'application/problem+json' ? undefined : `415 as ${type}`
  if (status !== 200) return `${status}: ${body}`
  if (format === 'json') return JSON.parse(body.toString()).width > 0 ? undefined : 'no width'
  const written = (await sharp(body).metadata()).format
  return `image/${written}` === type?.replace('svg+xml', 'svg').replace('avif', 'heif')
    ? undefined
    : `${written} as ${type}`
}
