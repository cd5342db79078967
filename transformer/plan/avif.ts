import type { AvifOptions } from 'sharp'

/** What sharp is told besides the quality. */
type Way = Required<Pick<AvifOptions, 'effort' | 'bitdepth' | 'chromaSubsampling'>>

/**
 * From few bytes to little time. Each has its place: where much is smooth, effort 3 saves 10–20 % and ten bits up to 10 % more,
 * for 1.7 and 1.3 times the time; where much is detailed, all of which takes long, effort 1 in full colour resolution makes 0–4 %
 * more bytes. Effort 2 lies above both in bytes for its time; effort 4 takes four times as long as 3. Measured: docs/quality.md.
 */
const ways: readonly Way[] = [
  { effort: 3, bitdepth: 10, chromaSubsampling: '4:2:0' },
  { effort: 3, bitdepth: 8, chromaSubsampling: '4:2:0' },
  { effort: 1, bitdepth: 10, chromaSubsampling: '4:4:4' },
]
const fast: Way = { effort: 1, bitdepth: 8, chromaSubsampling: '4:4:4' }

/**
 * Up to how much detail (see detail.ts) each of {@link ways} is taken, by pixels of the picture: so that variants of
 * large JPEGs take about three times as long as WebP's and have at most 10 % more bytes than at effort 4, on the mean over
 * photographs: 2.1, 2.8 and 3.2 times at 320, 800 and 1,600 px across. Small ones may take more: there decoding is most of it.
 */
const limits = [
  { pixels: 120_000, detail: [1.5, 1.8, Number.POSITIVE_INFINITY] },
  { pixels: 400_000, detail: [0.8, 1.3, Number.POSITIVE_INFINITY] },
  { pixels: 1_000_000, detail: [0.6, 1, 1.6] },
  { pixels: 16_000_000, detail: [0.55, 0.8, 1.4] },
] as const

/** Of the largest, where nothing but speed counts: 40 megapixels take 3 s. */
const fastest: Way = { effort: 0, bitdepth: 8, chromaSubsampling: '4:2:0' }

/** Of a photograph in a page, for where nothing was looked at. */
const usualDetail = 0.9

/** How AVIF is made of `pixels` with `detail`: never with more effort for more of either. */
export function planAvif(quality: number, pixels: number, detail = usualDetail): AvifOptions {
  const limit = limits.find((each) => pixels <= each.pixels)
  if (!limit) return { quality, ...fastest }
  const index = limit.detail.findIndex((most) => detail <= most)
  return { quality, ...(ways[index] ?? fast) }
}
