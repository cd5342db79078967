import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { drawLines } from '../../../bench/benchmarks/lines.ts'
import { loadSection } from '../../../bench/benchmarks/load.ts'
import type { LoadFigures } from '../../../bench/load/figures.ts'
import type { Played } from '../../../bench/load/recorder.ts'
import { formatLoadFigures, judgeLoad } from '../../../bench/load/report.ts'

const times = { count: 100, p50Ms: 1, p95Ms: 2, p99Ms: 19, maxMs: 40 }

const played: Played = {
  seconds: 2,
  offered: 100,
  served: 100,
  offeredPerSecond: 50,
  servedPerSecond: 50,
  hitRatio: 0.9,
  classes: { hit: times },
  lateness: { ...times, p99Ms: 1 },
  unexpected: {},
  failures: {},
  bytes: 1000,
  timeline: [
    { offered: 50, served: 20, hits: 10, misses: 10, p99Ms: 19 },
    { offered: 50, served: 80, hits: 70, misses: 10, p99Ms: 2 },
  ],
}

const load = { hitsPerSecond: 12_000, p50Ms: 1, p99Ms: 5 }

const figures = {
  raw: {
    loadGenerator: 'wrk 4',
    bodyBytes: 20_000,
    durationSeconds: 2,
    rounds: 5,
    hitShare: 1,
    edge: load,
    bare: { ...load, hitsPerSecond: 20_000 },
    ratio: 0.6,
    burst: { requests: 50, transformerInvocations: 1, collapsed: 49 },
  },
  trace: { ...played, invocations: 5 },
  sale: { ...played, newOriginals: 2, variants: 40, invocations: 40, collapsed: 30 },
  burst: { ...played, newOriginals: 1, variants: 20, invocations: 20, collapsed: 80 },
  overload: {
    ...played,
    concurrency: 2,
    unexpected: { 'picture 429': 50 },
    fresh: { requests: 66, made: 16, throttled: 50, other: 0 },
    stale: { requests: 34, served: 34, other: 0 },
    recovery: { asked: 25, came: 25, refusedAgain: 0, firstMs: 90, overdue: 12, renewed: 12 },
  },
} satisfies LoadFigures

const none = { minHitsPerSecond: 0, maxHitP99Ms: 0, minRatio: 0 }

suite('judgeLoad', () => {
  test('is content with a run in which everyone got what is owed', () => {
    assert.deepEqual(judgeLoad(figures, none), [])
    assert.deepEqual(judgeLoad(figures, { minHitsPerSecond: 10_000, maxHitP99Ms: 20, minRatio: 0.5 }), [])
  })

  const { raw, trace, sale, burst, overload } = figures
  for (const [what, changed, pattern] of [
    ['an error', { trace: { ...trace, unexpected: { 'picture 503': 1 } } }, /trace: .*picture 503/],
    ['a wrong refusal', { trace: { ...trace, unexpected: { 'picture 403': 1 } } }, /picture 403/],
    ['a picture for a hotlinker', { trace: { ...trace, unexpected: { 'hotlink 200': 1 } } }, /hotlink 200/],
    ['a broken connection', { trace: { ...trace, failures: { ECONNRESET: 2 } } }, /ECONNRESET/],
    ['a lost answer', { sale: { ...sale, offered: 101 } }, /101 requests but 100 answers/],
    ['nothing sent', { trace: { ...trace, offered: 0, classes: {} } }, /nothing was sent/],
    ['a second run for a variant in the burst', { burst: { ...burst, invocations: 21 } }, /burst: 21 runs/],
    ['a run too few in the sale', { sale: { ...sale, invocations: 39 } }, /sale: 39 runs/],
    ['a burst of nothing', { burst: { ...burst, invocations: 0, variants: 0 } }, /burst: 0 runs/],
    [
      'an overload that was none',
      { overload: { ...overload, fresh: { ...overload.fresh, throttled: 0 } } },
      /nothing was refused/,
    ],
    [
      'another refusal than AWS’s',
      { overload: { ...overload, fresh: { ...overload.fresh, other: 1 } } },
      /neither made nor refused/,
    ],
    [
      'an overdue variant that was refused',
      { overload: { ...overload, stale: { ...overload.stale, other: 1 } } },
      /1 of 34 overdue/,
    ],
    [
      'an edge that does not recover',
      { overload: { ...overload, recovery: { ...overload.recovery, came: 24 } } },
      /24 of 25 refused/,
    ],
  ] as [string, Partial<LoadFigures>, RegExp][]) {
    test(`fails ${what}`, () => {
      const failures = judgeLoad({ ...figures, ...changed }, none)
      assert.equal(failures.length, 1, failures.join('; '))
      assert.match(failures[0] as string, pattern)
    })
  }

  test('fails what misses a bound that is given', () => {
    const failures = judgeLoad(figures, { minHitsPerSecond: 12_001, maxHitP99Ms: 18, minRatio: 0.61 })
    assert.equal(failures.length, 3)
    assert.deepEqual(judgeLoad({ raw }, { ...none, minHitsPerSecond: 12_001 }).length, 1)
  })

  test('leaves refusals to the settings of a target, but no errors', () => {
    const own = { ...trace, unexpected: { 'hotlink 200': 9, 'picture 404': 1 } }
    assert.deepEqual(judgeLoad({ target: 'https://img.example.com', trace: own }, none), [])
    const broken = { ...trace, unexpected: { 'hotlink 200': 9, 'picture 502': 1 } }
    assert.equal(judgeLoad({ target: 'https://img.example.com', trace: broken }, none).length, 1)
  })
})

suite('formatLoadFigures', () => {
  test('says of each phase what was offered, served, and how long it took', () => {
    const text = formatLoadFigures(figures)
    for (const pattern of [
      /12000 hits\/s/,
      /offered 100 \(50\/s\), served 100/,
      /hit +100 +1\.0 +2\.0 +19\.0 +40\.0/,
      /lateness/,
      /20 runs of the transformer for 20 variants/,
      /50 refused with 429/,
      /25 of 25 refused came/,
    ]) {
      assert.match(text, pattern)
    }
    assert.doesNotMatch(text, /NaN|undefined|too slow/)
  })

  test('says where the generator was the bottleneck', () => {
    const late = { ...figures.trace, lateness: { ...times, p99Ms: 11 } }
    assert.match(formatLoadFigures({ trace: late }), /too slow/)
  })
})

suite('the section of docs/benchmarks.md', () => {
  test('has every phase, its charts, and no figure that is missing', async () => {
    const text = loadSection.text(figures)
    for (const name of ['Trace', 'Flash sale', 'Burst', 'Overload', 'Raw hits'])
      assert.ok(text.includes(name))
    assert.equal(loadSection.headlines(figures).length, 2)
    assert.doesNotMatch(text + JSON.stringify(loadSection.headlines(figures)), /NaN|undefined|Infinity/)
    const charts = Object.entries(loadSection.charts(figures))
    assert.equal(charts.length, 2)
    for (const [name, svg] of charts) {
      assert.ok(text.includes(`](benchmarks/${name})`))
      assert.equal((await sharp(Buffer.from(svg)).metadata()).format, 'svg')
    }
  })
})

suite('drawLines', () => {
  test('draws each line from the first step to the last, the largest value on top', () => {
    const svg = drawLines('a < b', 's', [
      { label: 'x', values: [0, 5, 10] },
      { label: 'y', values: [10, 10, 10], asked: true },
    ])
    const [x = '', y = ''] = [...svg.matchAll(/points="([^"]+)"/g)].map(([, points]) => points)
    assert.deepEqual(
      y.split(' ').map((point) => point.split(',')[1]),
      ['36.0', '36.0', '36.0'],
    )
    assert.deepEqual(
      x.split(' ').map((point) => point.split(',')[1]),
      ['226.0', '131.0', '36.0'],
    )
    assert.match(svg, /a &lt; b/)
  })
})
