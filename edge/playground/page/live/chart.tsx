import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

/** Height of a chart in CSS pixels. */
const height = 96

/** Seconds on the axis of time at least: the first samples do not fill it. */
const leastSeconds = 60

/** A small chart of one figure over time. What it shows is told beside it, so that it may be invisible to some. */
export function Chart({
  times,
  values,
  least,
  format,
}: {
  /** Seconds from the last one, rising to 0. */
  times: readonly number[]
  values: readonly (number | null)[]
  /** The top of the axis is never lower. */
  least: number
  format: (value: number) => string
}) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const data: uPlot.AlignedData = [[...times], [...values]]
  const latest = useRef(data)
  latest.current = data
  useEffect(() => {
    const element = place.current
    if (!element) return
    const draw = () => {
      chart.current?.destroy()
      chart.current = new uPlot(plan(element, least, format), latest.current, element)
    }
    const resize = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height }))
    draw()
    resize.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    // Colours of a canvas do not follow those of the page by themselves.
    dark.addEventListener('change', draw)
    addEventListener('fovea-theme', draw)
    return () => {
      resize.disconnect()
      dark.removeEventListener('change', draw)
      removeEventListener('fovea-theme', draw)
      chart.current?.destroy()
    }
  }, [])
  useEffect(() => chart.current?.setData(data))
  return <div class="chart" ref={place} aria-hidden="true" />
}

function plan(element: HTMLElement, least: number, format: (value: number) => string): uPlot.Options {
  const { color, outlineColor, fontFamily } = getComputedStyle(element)
  const axis = {
    font: `11px ${fontFamily}`,
    ticks: { show: false },
    grid: { stroke: outlineColor, width: 1 },
  }
  const text = getComputedStyle(element.parentElement ?? element).color
  return {
    width: element.clientWidth,
    height,
    padding: [8, 14, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: {
        time: false,
        range: (_plot, from, to) => [Math.min(from ?? 0, (to ?? 0) - leastSeconds), to ?? 0],
      },
      y: { range: (_plot, _from, to) => [0, Math.max(least, to ?? 0) * 1.05] },
    },
    series: [
      {},
      {
        stroke: color,
        width: 1.5,
        fill: `color-mix(in srgb, ${color} 14%, transparent)`,
        points: { show: false },
        spanGaps: true,
      },
    ],
    axes: [
      {
        ...axis,
        stroke: text,
        grid: { show: false },
        size: 20,
        space: 70,
        incrs: [5, 10, 15, 30, 60, 120],
        values: (_plot, ticks) => ticks.map(describeAgo),
      },
      { ...axis, stroke: text, size: 52, space: 32, values: (_plot, ticks) => ticks.map(format) },
    ],
  }
}

function describeAgo(tick: number): string {
  if (tick === 0) return 'now'
  return tick > -90 ? `−${-tick} s` : `−${-tick / 60} min`
}
