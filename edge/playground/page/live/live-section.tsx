import type { LiveSample } from '../../api.ts'
import { formatBytes, formatCount } from '../parts/figures.ts'
import { Section } from '../parts/section.tsx'
import { Burst } from './burst.tsx'
import { Chart } from './chart.tsx'
import { differences, hitRatios, ratioBetween } from './series.ts'
import { useLive } from './use-live.ts'

interface Figure {
  title: string
  values: (samples: readonly LiveSample[]) => (number | null)[]
  /** What stands above the chart. */
  total: (first: LiveSample, last: LiveSample) => string
  format: (value: number) => string
  least: number
}

const figures: readonly Figure[] = [
  {
    title: 'Requests a second',
    values: (samples) => differences(samples, ({ stats }) => stats.requests),
    total: (_first, last) => `${formatCount(last.stats.requests)} in all`,
    format: formatCount,
    least: 4,
  },
  {
    title: 'Answered without a fetch of their own',
    values: hitRatios,
    total: (first, last) => {
      const ratio = ratioBetween(first, last)
      return ratio === null ? '–' : `${ratio.toFixed(1)} %`
    },
    format: (value) => `${value} %`,
    least: 100,
  },
  {
    title: 'Runs of the transformer a second',
    values: (samples) => differences(samples, ({ stats }) => stats.transformerInvocations),
    total: (_first, last) => `${formatCount(last.stats.transformerInvocations)} in all`,
    format: formatCount,
    least: 4,
  },
  {
    title: 'Bytes saved',
    values: (samples) => samples.map(({ bytesSaved }) => bytesSaved),
    total: (_first, last) => formatBytes(last.bytesSaved),
    format: formatBytes,
    least: 1e6,
  },
]

/** What the edge does, while it does it. */
export function LiveSection() {
  const { samples, connected } = useLive()
  const [first] = samples
  const last = samples.at(-1)
  const times = samples.map(({ at }) => (at - (last?.at ?? at)) / 1000)
  return (
    <Section
      title="Live traffic"
      text="The counts of this edge over the last five minutes. Send a burst: misses of one variant collapse into one run of the transformer, and the ratio climbs."
    >
      <Burst />
      {!connected && <p class="empty">The edge tells nothing just now; asking again.</p>}
      <div class="charts">
        {figures.map(({ title, values, total, format, least }) => (
          <figure key={title} class="card">
            <figcaption>
              {title} <b>{first && last ? total(first, last) : '–'}</b>
            </figcaption>
            <Chart times={times} values={values(samples)} format={format} least={least} />
          </figure>
        ))}
      </div>
    </Section>
  )
}
