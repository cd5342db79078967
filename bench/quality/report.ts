import { deviation, geometricMean, mean } from '../statistics.ts'
import type { Kind } from './corpus.ts'
import { checkedQualities, comparedQuality, type Format, formats, type PictureFigures } from './measure.ts'

/** Everything a run measured. */
export interface QualityFigures {
  /** Where the pictures come from. */
  source: string
  scorer: string
  pictures: PictureFigures[]
}

/** Least shares of bytes saved on photographs, in percent. */
export type Bounds = Readonly<Record<Format, number>>

const kinds: readonly Kind[] = ['photograph', 'graphic', 'transparent']

/** `figures` for people. */
export function formatQuality({ source, scorer, pictures }: QualityFigures): string {
  return [
    `${source}; SSIMULACRA 2 by ${scorer}`,
    ...kinds.map((kind) => {
      const names = new Set(pictures.filter((picture) => picture.kind === kind).map(({ name }) => name))
      return `${kind}: ${[...names].join(', ')}`
    }),
    '',
    `bytes to plain sharp at the score of its JPEG ${comparedQuality} (of transparent pictures its WebP ${comparedQuality}), geometric means`,
    'kind         width  pictures   score     jpeg     webp     avif',
    ...group(pictures).map(formatGroup),
    '',
    "photographs: score at equal quality on the one scale, less plain JPEG's; mean ± standard deviation",
    `quality  ${formats.map((format) => format.padStart(16)).join('')}`,
    ...checkedQualities.map((quality, index) => formatDifferences(pictures, quality, index)),
  ].join('\n')
}

function group(pictures: readonly PictureFigures[]): PictureFigures[][] {
  const widths = [...new Set(pictures.map(({ width }) => width))]
  return kinds
    .flatMap((kind) =>
      widths.map((width) => pictures.filter((picture) => picture.kind === kind && picture.width === width)),
    )
    .filter((each) => each.length > 0)
}

function formatGroup(pictures: readonly PictureFigures[]): string {
  const [first] = pictures
  return [
    first?.kind.padEnd(12),
    String(first?.width).padStart(6),
    String(pictures.length).padStart(10),
    mean(pictures.map(({ plain }) => plain.score))
      .toFixed(1)
      .padStart(8),
    ...formats.map((format) => formatSaving(meanRatio(pictures, format)).padStart(9)),
  ].join('')
}

/** NaN where the format was not tried. */
function meanRatio(pictures: readonly PictureFigures[], format: Format): number {
  return geometricMean(pictures.map(({ ratios }) => ratios[format] ?? Number.NaN))
}

function formatSaving(ratio: number): string {
  const percent = 100 * (ratio - 1)
  return Number.isNaN(percent) ? '–' : `${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(1)} %`
}

function formatDifferences(pictures: readonly PictureFigures[], quality: number, index: number): string {
  const cells = formats.map((format) => {
    const values = pictures.flatMap(({ differences }) => differences?.[format][index] ?? [])
    return `${mean(values).toFixed(1)} ± ${deviation(values).toFixed(1)}`.replace('-', '−').padStart(16)
  })
  return String(quality).padStart(7) + cells.join('')
}

/** The bounds that are missed, on the photographs of `width`. */
export function judgeQuality({ pictures }: QualityFigures, width: number, bounds: Bounds): string[] {
  const judged = pictures.filter((picture) => picture.kind === 'photograph' && picture.width === width)
  if (judged.length === 0) return [`no photograph was ${width} px wide`]
  return formats.flatMap((format) => {
    const saved = 100 * (1 - meanRatio(judged, format))
    return saved >= bounds[format]
      ? []
      : [
          `${format}: ${saved.toFixed(1)} % fewer bytes than plain JPEG at ${width} px, expected at least ${bounds[format]} %`,
        ]
  })
}
