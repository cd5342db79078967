import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatPriceTable, formatUnitPrice, prices } from '../../../infra/monitoring/prices.ts'

suite('formatUnitPrice', () => {
  for (const [name, { dollars, per }] of Object.entries(prices)) {
    test(`writes the price of ${name} without exponent and without loss`, () => {
      const text = formatUnitPrice(name as keyof typeof prices)
      assert.match(text, /^0\.\d*[1-9]$/)
      assert.ok(Math.abs(Number(text) * per - dollars) <= dollars * 1e-3, text)
    })
  }

  test('gives a million requests of CloudFront a dollar', () => {
    assert.equal(Number(formatUnitPrice('edgeRequests')) * 1e6, 1)
  })
})

suite('formatPriceTable', () => {
  test('has every price, and whether it is confirmed', () => {
    const rows = formatPriceTable().split('\n').slice(2)
    assert.equal(rows.length, Object.keys(prices).length)
    assert.equal(
      rows.filter((row) => row.endsWith('| no |')).length,
      Object.values(prices).filter(({ confirmed }) => !confirmed).length,
    )
  })
})
