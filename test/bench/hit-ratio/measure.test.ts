import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { measureHitRatio } from '../../../bench/hit-ratio/measure.ts'
import { formatHitRatio, judgeHitRatio } from '../../../bench/hit-ratio/report.ts'

const figures = measureHitRatio({ requests: 10_000, originals: 20, seconds: 86_400 })
const [ours, ...others] = figures.rules

suite('measureHitRatio', () => {
  test('counts with the cache that forgets nothing one miss for each variant at most, hotlinks apart', () => {
    for (const { name, refused, variants, caches } of figures.rules) {
      const misses = Math.round((1 - (caches[0]?.hitRatio ?? 0) - refused) * figures.pictures)
      assert.ok(misses > 0 && misses <= variants, `${name}: ${misses} misses, ${variants} variants`)
    }
  })

  test('has fewer hits in smaller caches, and more work', () => {
    for (const { name, caches } of figures.rules) {
      for (let at = 1; at < caches.length; at++) {
        assert.ok((caches[at]?.hitRatio ?? 1) <= (caches[at - 1]?.hitRatio ?? 0), name)
        assert.ok((caches[at]?.transforms ?? 0) >= (caches[at - 1]?.transforms ?? 1), name)
      }
    }
  })

  test('lets strangers through to the origin with the missing keys alone', () => {
    assert.ok(ours && ours.strangersLetThrough > 0)
    for (const other of others) assert.ok(other.strangersLetThrough > ours.strangersLetThrough, other.name)
  })

  test('has more hits the more each original is asked for, at last as many as in all', () => {
    for (const { name, soFar, caches } of figures.rules) {
      assert.equal(soFar.length, 5)
      assert.equal(soFar[4]?.requestsPerOriginal, 500)
      assert.equal(soFar[4]?.hitRatio, caches[0]?.hitRatio, name)
      assert.ok((soFar[0]?.hitRatio ?? 1) < (soFar[4]?.hitRatio ?? 0), name)
    }
  })

  test('finds raw keys far behind', () => {
    const raw = figures.rules.find(({ name }) => name.startsWith('raw'))
    assert.ok(raw && ours && raw.variants > 1.5 * ours.variants)
  })
})

suite('judgeHitRatio', () => {
  test('fails below the bound, and where another that makes the same pictures has as many hits', () => {
    assert.ok(ours)
    assert.equal(judgeHitRatio({ ...figures, rules: [ours] }, 0).length, 0)
    assert.equal(judgeHitRatio({ ...figures, rules: [ours] }, 1).length, 1)
    const twin = { ...ours, name: 'twin' }
    assert.equal(judgeHitRatio({ ...figures, rules: [ours, twin] }, 0).length, ours.caches.length)
    assert.equal(
      judgeHitRatio({ ...figures, rules: [ours, { ...twin, caveat: 'smaller' }] }, 0).length,
      ours.caches.length,
    )
  })
})

suite('formatHitRatio', () => {
  test('names every rule, and what one owes to other pictures', () => {
    const text = formatHitRatio(figures)
    for (const { name, caveat } of figures.rules) {
      assert.ok(text.includes(name))
      if (caveat) assert.ok(text.includes(caveat))
    }
  })
})
