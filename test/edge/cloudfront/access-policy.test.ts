import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { coversAddress, coversTime, readAccessPolicy } from '../../../edge/cloudfront/access-policy.ts'

const ends = { DateLessThan: { 'AWS:EpochTime': 2000 } }

function format(condition: unknown, more: object = {}): string {
  return JSON.stringify({ Statement: [{ Resource: '*', Condition: condition, ...more }] })
}

suite('readAccessPolicy', () => {
  test('reads resource, end and start', () => {
    const text = format({ ...ends, DateGreaterThan: { 'AWS:EpochTime': 1000 } }, { Resource: 'https://h/*' })
    const expected = { resource: 'https://h/*', endsAt: 2000, startsAt: 1000, range: undefined }
    assert.deepEqual(readAccessPolicy(text), expected)
  })

  test('takes a policy without a resource, with white space and with the latest time', () => {
    const text = `{ "Statement" : [ { "Condition": { "DateLessThan": { "AWS:EpochTime": 9223372036 } } } ] }\n`
    assert.equal(readAccessPolicy(text)?.endsAt, 9_223_372_036)
  })

  const malformed: readonly (readonly [what: string, text: string])[] = [
    ['no JSON', '{"Statement":[{'],
    ['another JSON', '[]'],
    ['null', 'null'],
    ['no statement', '{"Statement":[]}'],
    ['a statement that is no list', `{"Statement":{"Condition":${JSON.stringify(ends)}}}`],
    ['two statements', `{"Statement":[{"Condition":${JSON.stringify(ends)}},{}]}`],
    ['no condition', '{"Statement":[{"Resource":"*"}]}'],
    ['no end', format({ IpAddress: { 'AWS:SourceIp': '1.2.3.4/32' } })],
    ['an end in quotation marks', format({ DateLessThan: { 'AWS:EpochTime': '2000' } })],
    ['an end in milliseconds', format({ DateLessThan: { 'AWS:EpochTime': 1_536_164_000_000 } })],
    ['an end between two seconds', format({ DateLessThan: { 'AWS:EpochTime': 2000.5 } })],
    ['a start that is none', format({ ...ends, DateGreaterThan: { 'AWS:EpochTime': null } })],
    ['a condition that is not known', format({ ...ends, NotIpAddress: { 'AWS:SourceIp': '1.2.3.4/32' } })],
    ['a resource that is no text', format(ends, { Resource: ['https://h/*'] })],
    ['an address without a range', format({ ...ends, IpAddress: { 'AWS:SourceIp': '1.2.3.4' } })],
    ['two ranges', format({ ...ends, IpAddress: { 'AWS:SourceIp': ['1.2.3.4/32', '1.2.3.5/32'] } })],
    ['a range of IPv6', format({ ...ends, IpAddress: { 'AWS:SourceIp': '2001:db8::/32' } })],
    ['a range too narrow', format({ ...ends, IpAddress: { 'AWS:SourceIp': '1.2.3.4/33' } })],
    ['a range of no address', format({ ...ends, IpAddress: { 'AWS:SourceIp': '1.2.3.400/32' } })],
  ]
  for (const [what, text] of malformed) {
    test(`takes ${what} for no policy`, () => assert.equal(readAccessPolicy(text), undefined))
  }
})

suite('coversTime', () => {
  const cases: readonly (readonly [nowMs: number, covers: boolean])[] = [
    [999_999, false],
    [1_000_000, false],
    [1_000_001, true],
    [1_999_999, true],
    [2_000_000, false],
    [2_000_001, false],
  ]
  for (const [nowMs, covers] of cases) {
    test(`of 1000 to 2000 seconds is ${covers} at ${nowMs} milliseconds`, () => {
      assert.equal(coversTime({ startsAt: 1000, endsAt: 2000 }, nowMs), covers)
    })
  }

  test('has no beginning where none is given', () => assert(coversTime({ endsAt: 2000 }, 0)))
})

suite('coversAddress', () => {
  const cases: readonly (readonly [range: string, ip: string, covers: boolean])[] = [
    ['192.0.2.10/32', '192.0.2.10', true],
    ['192.0.2.10/32', '192.0.2.11', false],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.77/24', '192.0.2.1', true],
    ['0.0.0.0/0', '203.0.113.7', true],
    ['127.0.0.0/8', '::ffff:127.0.0.1', true],
    ['127.0.0.0/8', '::FFFF:127.0.0.1', true],
    ['0.0.0.0/0', '::1', false],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['0.0.0.0/0', '', false],
  ]
  for (const [range, ip, covers] of cases) {
    test(`of ${range} is ${covers} for ${ip || 'no address'}`, () => {
      const policy = readAccessPolicy(format({ ...ends, IpAddress: { 'AWS:SourceIp': range } }))
      assert(policy?.range)
      assert.equal(coversAddress(policy, ip), covers)
    })
  }

  test('has every address where no range is given', () => assert(coversAddress({ endsAt: 2000 }, '::1')))
})
