import sharp from 'sharp'
import { median } from '../statistics.ts'
import { type Command, type Timed, timeProcess } from './time-process.ts'

/** The processes that are compared. */
export interface Contenders {
  fovea: Command
  plain: Command
  /** Node alone. */
  nothing: Command
}

/** Medians, in milliseconds from the start of the process to the first byte of its answer. */
export interface ColdFigures {
  runs: number
  foveaMs: number
  plainMs: number
  nodeMs: number
  /** Fovea to plain: the median over pairs. */
  ratio: number
  /** Where Fovea's time goes, in the order of the time; `fetch` and `sharp` overlap. */
  steps: Record<Step, number>
}

/**
 * `boot`: until the first line of ours; `bundle`: loading the bundle, S3 client included; `sharp`: its `require`, 0 where
 * it is an `import`, which then is in `rest`; `fetch`, `inspect`, `render`: as Server-Timing has them; `rest`: of the
 * handler, with nothing else under way.
 */
type Step = 'boot' | 'bundle' | 'fetch' | 'sharp' | 'inspect' | 'render' | 'rest'

/** What `bundled.cjs` notes. */
interface Notes {
  bootedMs: number
  bundleMs: number
  sharpMs: number
  handlerMs: number
  serverTiming: string
}

/** Starts each contender in turn, `runs` times, after once that is not counted: files are in memory then. */
export async function compareColdStarts(
  contenders: Contenders,
  runs: number,
  width: number,
): Promise<ColdFigures> {
  const rounds: { fovea: Timed; plain: Timed; nothing: Timed }[] = []
  for (let run = 0; run <= runs; run++) {
    const round = {
      fovea: await timeProcess(contenders.fovea),
      plain: await timeProcess(contenders.plain),
      nothing: await timeProcess(contenders.nothing),
    }
    if (run > 0) rounds.push(round)
    else for (const { answer } of [round.fovea, round.plain]) await expectPicture(answer, width)
  }
  const steps = rounds.map(({ fovea }) => readSteps(JSON.parse(fovea.notes)))
  return {
    runs,
    foveaMs: median(rounds.map(({ fovea }) => fovea.firstByteMs)),
    plainMs: median(rounds.map(({ plain }) => plain.firstByteMs)),
    nodeMs: median(rounds.map(({ nothing }) => nothing.firstByteMs)),
    ratio: median(rounds.map(({ fovea, plain }) => fovea.firstByteMs / plain.firstByteMs)),
    steps: {
      boot: median(steps.map(({ boot }) => boot)),
      bundle: median(steps.map(({ bundle }) => bundle)),
      fetch: median(steps.map(({ fetch }) => fetch)),
      sharp: median(steps.map(({ sharp }) => sharp)),
      inspect: median(steps.map(({ inspect }) => inspect)),
      render: median(steps.map(({ render }) => render)),
      rest: median(steps.map(({ rest }) => rest)),
    },
  }
}

function readSteps({ bootedMs, bundleMs, sharpMs, handlerMs, serverTiming }: Notes): Record<Step, number> {
  const read = (name: string) => Number(new RegExp(`\\b${name};dur=([\\d.]+)`).exec(serverTiming)?.[1] ?? NaN)
  const [fetch, inspect, render] = [read('fetch'), read('inspect'), read('render')]
  const rest = handlerMs - Math.max(fetch, sharpMs) - inspect - render
  return { boot: bootedMs, bundle: bundleMs, fetch, sharp: sharpMs, inspect, render, rest }
}

/** Without this the figures could be those of an error. */
async function expectPicture(answer: Buffer, width: number): Promise<void> {
  const metadata = await sharp(answer).metadata()
  if (metadata.format === 'webp' && metadata.width === width) return
  throw new Error(`expected WebP of ${width} px but received ${metadata.format} of ${metadata.width} px`)
}
