import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findAccess } from '../../../../edge/playground/page/access/find-access.ts'
import {
  numberAt,
  planControl,
  positionOf,
  sliderSteps,
} from '../../../../edge/playground/page/controls/plan-control.ts'
import { hitRatios } from '../../../../edge/playground/page/live/series.ts'
import { chooseFirst } from '../../../../edge/playground/page/originals/choose-first.ts'
import { formatBytes, formatMs, formatSaving } from '../../../../edge/playground/page/parts/figures.ts'
import { describeExpected } from '../../../../edge/playground/page/request/describe-refusal.ts'
import { layOut } from '../../../../edge/playground/page/stage/layout.ts'
import { defaultChoices, formatHash, readHash } from '../../../../edge/playground/page/state/choices.ts'
import { createStats } from '../../../../edge/stats.ts'
import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { parameters } from '../../../../grammar/parameters.ts'

const rows: readonly ParameterRow[] = parameters

suite('figures', () => {
  for (const [said, expected] of [
    [formatBytes(0), '0 B'],
    [formatBytes(999), '999 B'],
    [formatBytes(9_949), '9.9 kB'],
    [formatBytes(41_200), '41 kB'],
    [formatBytes(999_900), '1.0 MB'],
    [formatBytes(5_100_000), '5.1 MB'],
    [formatMs(0.42), '0.4 ms'],
    [formatMs(83.4), '83 ms'],
    [formatMs(999.7), '1.0 s'],
    [formatSaving(5_100_000, 41_000), '99.1 %'],
    [formatSaving(100, 51), '49 %'],
    [formatSaving(100_000, 1), '99.9 %'],
    [formatSaving(10, 10), undefined],
    [formatSaving(0, 0), undefined],
  ] as const) {
    test(`are written ${expected}`, () => assert.equal(said, expected))
  }
})

suite('planControl', () => {
  test('reads numbers, words, shapes and units of the table', () => {
    const plan = (name: string) => {
      const row = rows.find((each) => each.name === name)
      assert.ok(row)
      return planControl(row)
    }
    assert.deepEqual(plan('width'), {
      words: ['auto'],
      range: { min: 1, max: 8192, step: 1 },
      shape: undefined,
      unit: 'px',
      unsigned: true,
    })
    assert.deepEqual(plan('background').words, ['transparent', 'black', 'white'])
    assert.equal(plan('blur').unsigned, false)
    assert.equal(plan('format').unsigned, true)
    assert.equal(plan('hue').unit, '°')
    assert.equal(plan('overlay-width').unit, '%')
    assert.equal(plan('gravity').shape, 'point')
  })

  test('has something to choose by for each row', () => {
    for (const row of rows) {
      const { words, range, shape } = planControl(row)
      assert.ok(words.length > 0 || range || shape, row.name)
    }
  })

  test('gives every slider its whole range', () => {
    const ranges = rows.flatMap((row) => planControl(row).range ?? [])
    assert.ok(ranges.length > 10)
    for (const range of ranges) {
      assert.deepEqual([numberAt(0, range), numberAt(sliderSteps, range)], [range.min, range.max])
      assert.deepEqual([positionOf(range.min, range), positionOf(range.max * 2, range)], [0, sliderSteps])
    }
  })
})

suite('what was expected', () => {
  test('is told in words where it is a kind of the table, and else as it is', () => {
    assert.equal(describeExpected('auto 1..8192'), 'auto or 1 to 8192')
    assert.equal(describeExpected('90 180 270'), '90, 180 or 270')
    assert.equal(describeExpected('at most 8192 px'), 'at most 8192 px')
  })
})

suite('choices', () => {
  test('survive a link', () => {
    const choices = {
      url: '/a b?x=1&y=#%',
      viewer: 'curl',
      embeddedFrom: 'é.example',
      zoom: '2',
      split: 12.5,
    } as const
    assert.deepEqual(readHash(formatHash(choices)), choices)
    assert.equal(formatHash(defaultChoices), '#')
  })

  test('are the default where a link is wrong', () => {
    assert.deepEqual(readHash('#zoom=9&split=x&other=1'), defaultChoices)
    assert.deepEqual(readHash('#split=101'), defaultChoices)
  })
})

suite('chooseFirst', () => {
  const original = (key: string, bytes: number) => ({ key, bytes, modifiedAt: '2026-01-01T00:00:00Z' })
  const setup = {
    access: [
      ['', 'bounded'],
      ['paid/', 'signed'],
    ],
    ladder: [320, 640],
  } as const

  test('takes the largest photograph that anyone may have, at a step of the ladder', () => {
    const originals = [
      original('a.png', 900),
      original('b.jpg', 500),
      original('c.JPG', 600),
      original('paid/d.jpg', 800),
    ]
    assert.equal(chooseFirst(originals, setup), '/c.JPG?width=640')
    assert.equal(chooseFirst([], setup), undefined)
  })

  test('reads access by the longest prefix', () => {
    assert.equal(findAccess(setup.access, 'paid/d.jpg'), 'signed')
    assert.equal(findAccess(setup.access, 'a.png'), 'bounded')
  })
})

suite('layOut', () => {
  const stage = { width: 400, height: 300 }

  test('fits a large picture, and never enlarges a small one', () => {
    assert.equal(layOut({ width: 1600, height: 600 }, stage, 'fit', 1).scale, 0.25)
    assert.equal(layOut({ width: 100, height: 60 }, stage, 'fit', 1).scale, 1)
  })

  test('shows one pixel as one of the screen', () => {
    const place = layOut({ width: 1600, height: 600 }, stage, '1', 2)
    assert.deepEqual([place.scale, place.left, place.visibleWidth, place.visibleHeight], [0.5, 0, 400, 300])
  })
})

suite('hitRatios', () => {
  test('counts those who waited for another’s fetch as served, and those refused not at all', () => {
    const sample = (at: number, hits: number, collapsed: number, misses: number) => ({
      at,
      bytesSaved: 0,
      stats: { ...createStats(), requests: 1000, hits, collapsed, misses, refused: 500 },
    })
    assert.deepEqual(hitRatios([sample(0, 0, 0, 0), sample(1000, 5, 3, 2)]), [null, 80])
  })
})
