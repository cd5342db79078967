import { isHit } from '../ask.ts'
import { acceptOf } from '../viewer-class.ts'
import { type Check, describeAnswer } from './check.ts'
import { askUsual, nameUrl } from './probe.ts'

/** Requests after which what was asked for should be kept: the machine that answers may be another, once. */
const maxRequests = 4

/** What the cache does with a variant, asked again in several ways. */
export const cachingChecks: readonly Check[] = [
  {
    name: 'the second request',
    expected: `x-cache: Hit from cloudfront, after ${maxRequests} requests at the latest`,
    async receive(probe) {
      let answer = await askUsual(probe)
      for (let request = 2; request <= maxRequests && !isHit(answer); request++)
        answer = await askUsual(probe)
      return { ok: answer.status === 200 && isHit(answer), text: describeCache(answer) }
    },
  },
  {
    name: 'another spelling of it',
    expected: 'a hit all the same: alias, case and unknown parameters are not in the key',
    async receive(probe) {
      const url = `${nameUrl(probe, { width: probe.width }).replace(/\bwidth=/, 'W=')}&utm_source=${probe.nonce}`
      const answer = await probe.client.ask(url, { headers: { accept: acceptOf.avif } })
      return { ok: answer.status === 200 && isHit(answer), text: describeCache(answer) }
    },
  },
  {
    name: 'If-None-Match with its ETag',
    expected: '304 without a body',
    async receive(probe) {
      const etag = String((await askUsual(probe)).headers.etag ?? '')
      if (etag === '') return { ok: false, text: 'no ETag' }
      const answer = await askUsual(probe, { headers: { 'if-none-match': etag } })
      return {
        ok: answer.status === 304 && answer.body.length === 0,
        text: `${describeAnswer(answer)}, ${answer.body.length} bytes`,
      }
    },
  },
  {
    name: 'HEAD',
    expected: '200, the type and length of GET, no body',
    async receive(probe) {
      const whole = await askUsual(probe)
      const answer = await askUsual(probe, { method: 'HEAD' })
      const { headers, status, body } = answer
      const length = String(headers['content-length'])
      return {
        ok:
          status === 200 &&
          body.length === 0 &&
          length === String(whole.body.length) &&
          headers['content-type'] === whole.headers['content-type'],
        text: `${describeAnswer(answer)}, ${headers['content-type']}, content-length ${length}, ${body.length} bytes`,
      }
    },
  },
  {
    name: 'Range: bytes=0-9',
    expected: '206 with the first 10 bytes',
    async receive(probe) {
      const whole = await askUsual(probe)
      const answer = await askUsual(probe, { headers: { range: 'bytes=0-9' } })
      return {
        ok: answer.status === 206 && answer.body.equals(whole.body.subarray(0, 10)),
        text: `${describeAnswer(answer)}, ${answer.body.length} bytes, ${answer.headers['content-range'] ?? 'no content-range'}`,
      }
    },
  },
]

function describeCache(answer: Parameters<typeof describeAnswer>[0]): string {
  return `${describeAnswer(answer)}, x-cache: ${answer.headers['x-cache'] ?? 'none'}`
}
