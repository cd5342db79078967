import { isHit } from '../ask.ts'
import { type Check, describeAnswer, isError } from './check.ts'
import { askUsual, nameUnsigned, nameUrl, type Probe } from './probe.ts'

/** What is no one's without a signature where access is bounded. */
const restricted = (probe: Probe) => ({ width: probe.width, blur: 3 })

const lacksSigner = ({ signer }: Probe) =>
  signer === undefined ? '--kid and FOVEA_SECRET or --secret-file' : undefined

/** Who may have what. */
export const accessChecks: readonly Check[] = [
  {
    name: 'unsigned, what needs a signature',
    expected: '403 needs-signature',
    lacks: ({ access }) => (access === 'open' ? '--access bounded or signed' : undefined),
    async receive(probe) {
      const answer = await probe.client.ask(nameUnsigned(probe, restricted(probe)))
      return { ok: isError(answer, 403, /^needs-signature$/), text: describeAnswer(answer) }
    },
  },
  {
    name: 'the same, signed',
    expected: '200',
    lacks: lacksSigner,
    async receive(probe) {
      const answer = await askSigned(probe, 600)
      return { ok: answer.status === 200, text: describeAnswer(answer) }
    },
  },
  {
    name: 'the same, signed for longer',
    expected: '200 and a hit: all signatures share what is kept',
    lacks: lacksSigner,
    async receive(probe) {
      const answer = await askSigned(probe, 1200)
      const cache = answer.headers['x-cache'] ?? 'none'
      return {
        ok: answer.status === 200 && isHit(answer),
        text: `${describeAnswer(answer)}, x-cache: ${cache}`,
      }
    },
  },
  {
    name: 'the same signature for another width',
    expected: '403 signature-wrong',
    lacks: lacksSigner,
    async receive(probe) {
      const url = signRestricted(probe, 600).replace(/\bwidth=\d+/, `width=${probe.width + 1}`)
      const answer = await probe.client.ask(url)
      return { ok: isError(answer, 403, /^signature-wrong$/), text: describeAnswer(answer) }
    },
  },
  {
    name: 'the Function URL, past CloudFront',
    expected: '403',
    lacks: ({ functionUrl }) => (functionUrl === undefined ? '--function-url' : undefined),
    async receive(probe) {
      const base = String(probe.functionUrl).replace(/\/$/, '')
      const canonical = { rev: 1, width: probe.width, format: 'auto' }
      const answer = await probe.client.ask(nameUnsigned({ ...probe, base }, canonical))
      return { ok: answer.status === 403, text: describeAnswer(answer) }
    },
  },
  {
    name: 'a page that may not show the images',
    expected: '403 hotlink, or 302 to the placeholder',
    lacks: ({ otherPage }) => (otherPage === undefined ? '--hotlink-from' : undefined),
    async receive(probe) {
      const answer = await askUsual(probe, { headers: { referer: String(probe.otherPage) } })
      const { location } = answer.headers
      return {
        ok: isError(answer, 403, /^hotlink$/) || (answer.status === 302 && location !== undefined),
        text: describeAnswer(answer) + (location === undefined ? '' : `, location: ${location}`),
      }
    },
  },
]

function askSigned(probe: Probe, seconds: number) {
  return probe.client.ask(signRestricted(probe, seconds))
}

function signRestricted(probe: Probe, seconds: number): string {
  const signed = probe.signer?.signUrl(probe.key, restricted(probe), { expiresInSeconds: seconds })
  return signed ?? nameUrl(probe, restricted(probe))
}
