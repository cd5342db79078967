import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { listAsked, writeSides } from '../../../bench/hit-ratio/asked.ts'
import { normalizeAccept, snapViewportWidth } from '../../../bench/hit-ratio/dynamic-image-transformation.ts'
import { findNextWidth } from '../../../bench/hit-ratio/next.ts'
import { rules } from '../../../bench/hit-ratio/rules.ts'
import type { TraceRequest } from '../../../bench/trace/request.ts'

const chrome = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'
const safari = 'image/webp,image/avif,image/jxl,image/*;q=0.8,*/*;q=0.5'

function ask(query: string, headers: Record<string, string> = {}): TraceRequest {
  const all = { host: 'img.example.com', accept: chrome, ...headers }
  return { atMs: 0, intent: 'picture', path: '/a.jpg', query, headers: all, original: 0, sale: false }
}

/** Whether a rule keeps two requests apart. */
function splits(name: string, a: TraceRequest, b: TraceRequest): boolean {
  const rule = rules.find((each) => each.name === name)
  assert.ok(rule, name)
  return rule.formatKey(a) !== rule.formatKey(b)
}

const [plain, tracked] = [ask('width=640'), ask('width=640&utm_source=x')]
const [inChrome, inSafari] = [plain, ask('width=640', { accept: safari })]
const [signed, signedLater] = ['exp=1&kid=k&sig=a', 'exp=2&kid=k&sig=b'].map((proof) =>
  ask(`width=640&${proof}`),
)

/** By rule: whether it keeps apart what is the same picture. */
const expected: readonly [string, { tracking: boolean; browser: boolean; order: boolean }][] = [
  ['fovea', { tracking: false, browser: false, order: false }],
  ['raw query, raw Accept', { tracking: true, browser: true, order: true }],
  ['aws-samples/image-optimization', { tracking: false, browser: false, order: false }],
  ['AWS DIT, Lambda', { tracking: false, browser: true, order: true }],
  ['AWS DIT, ECS', { tracking: true, browser: false, order: true }],
  ['Next.js', { tracking: false, browser: false, order: false }],
]

suite('rules', () => {
  for (const [name, { tracking, browser, order }] of expected) {
    test(`${name}: tracking splits: ${tracking}, two browsers of one class: ${browser}, order: ${order}`, () => {
      assert.equal(splits(name, plain, tracked), tracking)
      assert.equal(splits(name, inChrome, inSafari), browser)
      assert.equal(splits(name, ask('width=640&format=webp'), ask('format=webp&width=640')), order)
    })
  }

  test('AWS DIT keeps two signatures of one picture apart, aws-samples and Next.js do not read them', () => {
    assert.ok(signed && signedLater)
    assert.ok(splits('AWS DIT, Lambda', signed, signedLater))
    assert.ok(splits('AWS DIT, ECS', signed, signedLater))
    assert.ok(!splits('aws-samples/image-optimization', signed, signedLater))
    assert.ok(!splits('Next.js', signed, signedLater))
  })

  test('every rule keeps two widths of its list apart', () => {
    for (const { name } of rules) assert.ok(splits(name, ask('width=640'), ask('width=1920')), name)
  })

  test('Next.js refuses a width that is not in its list, its component writes the next one', () => {
    const [strict, component] = ['Next.js', 'Next.js, its own component'].map((name) =>
      rules.find((rule) => rule.name === name),
    )
    assert.equal(strict?.formatKey(ask('width=641')), undefined)
    assert.equal(component?.formatKey(ask('width=641')), component?.formatKey(ask('width=750')))
    assert.equal(findNextWidth(9000), 3840)
    assert.equal(findNextWidth(Number.NaN), undefined)
  })
})

suite('writeSides', () => {
  test('writes the same picture without aspect and dpr', () => {
    assert.deepEqual(writeSides(listAsked(ask('W=400&ar=16:9&dpr=2'))), [
      ['width', '800'],
      ['height', '450'],
    ])
  })
})

suite('the headers of AWS DIT', () => {
  test('prefer WebP to AVIF, and snap viewports upwards', () => {
    assert.equal(normalizeAccept(chrome), 'webp')
    assert.equal(normalizeAccept('image/avif,*/*'), 'avif')
    assert.equal(normalizeAccept('*/*'), '')
    assert.deepEqual([360, 480, 1921].map(snapViewportWidth), [480, 480, 1920])
  })
})
