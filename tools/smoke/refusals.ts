import { acceptOf } from '../viewer-class.ts'
import { type Check, describeAnswer, isError } from './check.ts'
import { askUsual, nameUnsigned, nameUrl, type Probe } from './probe.ts'

/** Seconds ahead that a forged signature claims: within what any settings allow. */
const forgedSeconds = 60

/** What nobody gets, and how that is said. */
export const refusalChecks: readonly Check[] = [
  {
    name: 'a key that is not there',
    expected: '404 missing',
    async receive(probe) {
      const url = nameUrl(probe, { width: probe.width }, siblingOf(probe))
      const answer = await probe.client.ask(url)
      return { ok: isError(answer, 404, /^missing$/), text: describeAnswer(answer) }
    },
  },
  refuse('format=bmp, which there is not', { format: 'bmp' }, 400, /^bad-value$/, '400 bad-value'),
  refuse('width=9000, above 8192', { width: 9000 }, 400, /^bad-value$/, '400 bad-value'),
  {
    name: 'a forged signature',
    expected: '403 signature-…',
    async receive(probe) {
      const exp = Math.floor(Date.now() / 1000) + forgedSeconds
      const forged = { width: probe.width, exp, kid: 'smoke', sig: 'A'.repeat(43) }
      const answer = await probe.client.ask(nameUnsigned(probe, forged))
      return { ok: isError(answer, 403, /^signature-/), text: describeAnswer(answer) }
    },
  },
  {
    name: 'POST',
    expected: '403 or 405',
    async receive(probe) {
      const answer = await askUsual(probe, { method: 'POST' })
      return { ok: answer.status === 403 || answer.status === 405, text: describeAnswer(answer) }
    },
  },
]

/** Beside the original that is there, so that the same rules of access apply. */
function siblingOf({ key, nonce }: Probe): string {
  return `${key.replace(/[^/]*$/, '')}smoke-${nonce}.jpg`
}

function refuse(name: string, parameters: object, status: number, codes: RegExp, expected: string): Check {
  return {
    name,
    expected,
    async receive(probe) {
      const url = nameUnsigned(probe, parameters)
      const answer = await probe.client.ask(url, { headers: { accept: acceptOf.avif } })
      return { ok: isError(answer, status, codes), text: describeAnswer(answer) }
    },
  }
}
