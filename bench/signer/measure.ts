import { createHmac } from 'node:crypto'
import { parseRequest } from '../../grammar/request.ts'
import { formatSignedText } from '../../grammar/signature.ts'
import { createSigner } from '../../signer/create-signer.ts'
import { createSecret } from '../../signer/keys/secret.ts'
import { splitUrl, verifyUrl } from '../../signer/verify-url.ts'
import { median } from '../statistics.ts'
import { requests } from './requests.ts'

/** One kind of request, in operations a second on one core. */
export interface SignerCost {
  name: string
  /** `createHmac('sha256', secret).update(text).digest('base64url')` over the text that is signed. */
  bare: number
  signUrl: number
  verifyUrl: number
  /** Time of `signUrl` over that of the bare HMAC, median of rounds that take turns. */
  signRatio: number
  verifyRatio: number
}

export interface SignerFigures {
  costs: SignerCost[]
}

/** Calls between two looks at the clock. */
const callsOfSlice = 2000

/** Rounds of a row; the first, in which the compiler works, is not counted. */
const rounds = 11

/** Measures each request for about `seconds`. */
export function measureSigner(seconds: number): SignerFigures {
  const secret = createSecret()
  const signer = createSigner({ secret, kid: 'bench', baseUrl: 'https://img.example.com' })
  const sliceMs = (seconds * 1000) / rounds / 3
  const costs = requests.map(({ name, key, parameters }): SignerCost => {
    const url = signer.signUrl(key, parameters)
    const text = readSignedText(url)
    const options = { secrets: { bench: secret } }
    if (!verifyUrl(url, options).ok) throw new Error(`expected ${url} to verify`)
    const works = {
      bare: () => createHmac('sha256', secret).update(text).digest('base64url'),
      signUrl: () => signer.signUrl(key, parameters),
      verifyUrl: () => verifyUrl(url, options),
    }
    const times = Array.from({ length: rounds }, () => ({
      bare: timeCall(works.bare, sliceMs),
      signUrl: timeCall(works.signUrl, sliceMs),
      verifyUrl: timeCall(works.verifyUrl, sliceMs),
    })).slice(1)
    const rate = (work: keyof typeof works) => 1000 / median(times.map((each) => each[work]))
    return {
      name,
      bare: rate('bare'),
      signUrl: rate('signUrl'),
      verifyUrl: rate('verifyUrl'),
      signRatio: median(times.map((each) => each.signUrl / each.bare)),
      verifyRatio: median(times.map((each) => each.verifyUrl / each.bare)),
    }
  })
  return { costs }
}

/** Milliseconds of a call, over at least `sliceMs`. */
function timeCall(work: () => unknown, sliceMs: number): number {
  const startedAt = performance.now()
  let calls = 0
  let elapsedMs = 0
  do {
    for (let call = 0; call < callsOfSlice; call++) work()
    calls += callsOfSlice
    elapsedMs = performance.now() - startedAt
  } while (elapsedMs < sliceMs)
  return elapsedMs / calls
}

function readSignedText(url: string): string {
  const { path, query } = splitUrl(url)
  const request = parseRequest(path, query, '')
  return formatSignedText(request.key, request.parameters)
}
