import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countServers, offers, sumBill } from '../../../bench/cost/offers.ts'
import { charge, prices } from '../../../bench/cost/prices.ts'
import { computeCost, formatCost, formatRequests } from '../../../bench/cost/report.ts'
import { estimateTraffic } from '../../../bench/cost/traffic.ts'
import { listShapes } from '../../../bench/scale/shapes.ts'
import { prices as ownPrices } from '../../../infra/monitoring/prices.ts'

const shapes = listShapes(3000)
const month = (requests: number) => estimateTraffic(requests, 1000, 4e6, shapes)
const figures = computeCost(1e6, 1000, 4e6, shapes)

suite('prices', () => {
  test("has the dashboard's, unchanged", () => {
    for (const [name, { dollars, per }] of Object.entries(ownPrices)) {
      assert.equal(charge(name as keyof typeof ownPrices, per), dollars)
    }
  })

  test('says of each who says so', () => {
    for (const [name, { source }] of Object.entries(prices)) assert.ok(source.length > 5, name)
  })
})

suite('estimateTraffic', () => {
  test('makes more variants of more requests, but never more than there are', () => {
    const [few, many, most] = [month(1e4), month(1e6), month(1e12)]
    assert.ok(few.variants < many.variants && many.variants < most.variants)
    assert.ok(few.variants < 1e4)
    assert.equal(Math.round(most.variants), shapes.shares.length * 1000)
    assert.ok(most.transformations < most.variants)
  })

  test('sends more to the shield of a hundred requests where there are few', () => {
    const share = (requests: number) => month(requests).shieldRequests / requests
    assert.ok(share(1e5) > 2 * share(1e9), `${share(1e5)} and ${share(1e9)}`)
  })
})

suite('offers', () => {
  test('bill the bytes and requests of CloudFront by its list price', () => {
    const [ours] = offers
    const lines = new Map(ours?.bill(month(1e6)).map(({ service, dollars }) => [service, dollars]))
    assert.equal(lines.get('CloudFront: requests'), 1)
    assert.equal(lines.get('CloudFront: function'), 0.1)
    assert.equal(lines.get('CloudFront: bytes'), (month(1e6).bytesToViewers / 1e9) * 0.085)
  })

  test('have servers for the loss of one, and more for more work', () => {
    assert.equal(countServers({ ...month(1e4), transformSeconds: 0 }, 4), 2)
    assert.ok(countServers({ ...month(1e4), transformSeconds: 730 * 3600 }, 4) > 3)
  })

  test('cost no less for more requests', () => {
    for (const { name, bill } of offers)
      assert.ok(sumBill(bill(month(1e8))) >= sumBill(bill(month(1e6))), name)
  })
})

suite('computeCost', () => {
  test('finds where servers become cheaper than runs, or that they never do', () => {
    for (const { name, breakEven } of figures.bills) {
      if (!breakEven) continue
      const at = (requests: number) => {
        const [own, theirs] = ['Fovea', name].map((each) => {
          const offer = offers.find((one) => one.name === each)
          return sumBill(offer?.bill(month(requests)) ?? [])
        })
        return (theirs as number) < (own as number)
      }
      assert.equal(at(breakEven.requests), breakEven.becomes === 'cheaper', name)
    }
    assert.ok(figures.bills.some(({ breakEven }) => breakEven))
  })
})

suite('formatCost', () => {
  test('names every offer, every price, and WAF apart', () => {
    const text = formatCost(figures)
    for (const { name } of offers) assert.ok(text.includes(name), name)
    for (const { unit } of Object.values(prices)) assert.ok(text.includes(unit), unit)
    assert.match(text, /WAF is apart/)
    assert.equal(formatRequests(19_300_000), '19 M requests')
  })
})
