import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  type Geometry,
  type GeometryParameters,
  planGeometry,
  type Size,
} from '../../../transformer/plan/geometry.ts'

interface Row {
  /** Width × height. */
  source: string
  given: GeometryParameters
  scaled: string
  /** Left and top of what is kept. */
  crop?: string
  /** Left, top, right and bottom. */
  margin?: string
  output: string
  mayEnlarge?: boolean
}

const still: readonly Row[] = [
  // Without a size: as it is, up to 8192.
  { source: '600×400', given: {}, scaled: '600×400', output: '600×400' },
  { source: '1×1', given: {}, scaled: '1×1', output: '1×1' },
  { source: '8192×8192', given: {}, scaled: '8192×8192', output: '8192×8192' },
  { source: '16384×8192', given: {}, scaled: '8192×4096', output: '8192×4096' },
  { source: '1×60000', given: {}, scaled: '1×8192', output: '1×8192' },
  { source: '60000×1', given: {}, scaled: '8192×1', output: '8192×1' },
  // One side: the other follows, at least 1 and at most 8192.
  { source: '600×400', given: { width: 300 }, scaled: '300×200', output: '300×200' },
  { source: '600×400', given: { height: 300 }, scaled: '450×300', output: '450×300' },
  { source: '600×400', given: { width: 601 }, scaled: '600×400', output: '600×400' },
  { source: '600×400', given: { height: 8192 }, scaled: '600×400', output: '600×400' },
  { source: '3×2', given: { width: 2 }, scaled: '2×1', output: '2×1' },
  { source: '60000×1', given: { width: 100 }, scaled: '100×1', output: '100×1' },
  { source: '1×60000', given: { width: 1 }, scaled: '1×8192', output: '1×8192' },
  { source: '10×60000', given: { width: 5 }, scaled: '1×8192', output: '1×8192' },
  { source: '1×60000', given: { height: 100 }, scaled: '1×100', output: '1×100' },
  // Two sides, original larger.
  {
    source: '600×400',
    given: { width: 200, height: 200, fit: 'inside' },
    scaled: '200×133',
    output: '200×133',
  },
  {
    source: '600×400',
    given: { width: 200, height: 200, fit: 'outside' },
    scaled: '300×200',
    output: '300×200',
  },
  {
    source: '600×400',
    given: { width: 200, height: 200, fit: 'fill' },
    scaled: '200×200',
    output: '200×200',
  },
  {
    source: '600×400',
    given: { width: 300, height: 200, fit: 'cover' },
    scaled: '300×200',
    output: '300×200',
  },
  {
    source: '600×400',
    given: { width: 300, height: 200, fit: 'contain' },
    scaled: '300×200',
    output: '300×200',
  },
  // Two sides, original smaller: the box shrinks in its ratio, the canvas of contain does not.
  { source: '60×40', given: { width: 200, height: 200, fit: 'inside' }, scaled: '60×40', output: '60×40' },
  { source: '60×40', given: { width: 200, height: 200, fit: 'outside' }, scaled: '60×40', output: '60×40' },
  { source: '60×40', given: { width: 200, height: 200, fit: 'fill' }, scaled: '40×40', output: '40×40' },
  { source: '60×40', given: { width: 120, height: 20, fit: 'fill' }, scaled: '60×10', output: '60×10' },
  { source: '60×40', given: { width: 200, height: 200 }, scaled: '60×40', crop: '10,0', output: '40×40' },
  { source: '60×40', given: { width: 8192, height: 8 }, scaled: '60×40', crop: '0,20', output: '60×1' },
  {
    source: '60×40',
    given: { width: 200, height: 100, fit: 'contain' },
    scaled: '60×40',
    margin: '70,30,70,30',
    output: '200×100',
  },
  // One side larger, one smaller.
  { source: '600×40', given: { width: 200, height: 200 }, scaled: '600×40', crop: '280,0', output: '40×40' },
  {
    source: '600×40',
    given: { width: 200, height: 200, fit: 'inside' },
    scaled: '200×13',
    output: '200×13',
  },
  {
    source: '600×40',
    given: { width: 200, height: 201, fit: 'contain' },
    scaled: '200×13',
    margin: '0,94,0,94',
    output: '200×201',
  },
  // Extremes.
  {
    source: '1×60000',
    given: { width: 8192, height: 8192 },
    scaled: '1×60000',
    crop: '0,30000',
    output: '1×1',
  },
  { source: '1×1', given: { width: 8192, height: 1 }, scaled: '1×1', output: '1×1' },
  // A ratio alone: the largest box of it within the picture, and within 8192.
  { source: '600×400', given: { aspect: '1-1' }, scaled: '600×400', crop: '100,0', output: '400×400' },
  { source: '600×400', given: { aspect: '16-9' }, scaled: '600×400', crop: '0,31', output: '600×338' },
  { source: '600×400', given: { aspect: '3-2' }, scaled: '600×400', output: '600×400' },
  {
    source: '600×400',
    given: { aspect: '9-16', gravity: 'west' },
    scaled: '600×400',
    crop: '0,0',
    output: '225×400',
  },
  { source: '10×10', given: { aspect: '64-1' }, scaled: '10×10', crop: '0,5', output: '10×1' },
  { source: '1×60000', given: { aspect: '1-64' }, scaled: '1×60000', crop: '0,29968', output: '1×64' },
  {
    source: '20000×10000',
    given: { aspect: '1-1' },
    scaled: '16384×8192',
    crop: '4096,0',
    output: '8192×8192',
  },
]

const vector: readonly Row[] = [
  { source: '60×40', given: {}, scaled: '60×40', output: '60×40' },
  { source: '60×40', given: { width: 600 }, scaled: '600×400', output: '600×400' },
  { source: '60×40', given: { height: 8000 }, scaled: '8192×5461', output: '8192×5461' },
  { source: '60×40', given: { width: 300, height: 300 }, scaled: '450×300', crop: '75,0', output: '300×300' },
  {
    source: '60×40',
    given: { width: 300, height: 300, fit: 'inside' },
    scaled: '300×200',
    output: '300×200',
  },
  {
    source: '60×40',
    given: { width: 300, height: 300, fit: 'outside' },
    scaled: '450×300',
    output: '450×300',
  },
  { source: '60×40', given: { width: 300, height: 300, fit: 'fill' }, scaled: '300×300', output: '300×300' },
  {
    source: '60×40',
    given: { width: 300, height: 300, fit: 'contain' },
    scaled: '300×200',
    margin: '0,50,0,50',
    output: '300×300',
  },
]

suite('planGeometry', () => {
  for (const row of still) {
    test(`${row.source} ${describe(row.given)}: ${row.output}`, () => check(row, false))
  }
  for (const row of vector) {
    test(`a vector of ${row.source} ${describe(row.given)}: ${row.output}`, () => check(row, true))
  }
})

function check({ source, given, ...expected }: Row, mayEnlarge: boolean): void {
  assert.deepEqual(describeGeometry(planGeometry(readSize(source), given, mayEnlarge)), {
    crop: undefined,
    margin: undefined,
    ...expected,
  })
}

function describeGeometry({ scaled, crop, margin, output }: Geometry) {
  return {
    scaled: `${scaled.width}×${scaled.height}`,
    crop: crop && ('left' in crop ? `${crop.left},${crop.top}` : crop.strategy),
    margin: margin && [margin.left, margin.top, margin.right, margin.bottom].join(),
    output: `${output.width}×${output.height}`,
  }
}

function readSize(text: string): Size {
  const [width = 0, height = 0] = text.split('×').map(Number)
  return { width, height }
}

function describe(given: GeometryParameters): string {
  return JSON.stringify(given).replace(/["{}]/g, '')
}
