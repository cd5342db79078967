import { randomBytes } from 'node:crypto'
import type { Signer } from '../../signer/create-signer.ts'
import type { ImageParameters } from '../../signer/image-parameters.ts'
import type { Answer, AskOptions, Client } from '../ask.ts'
import { acceptOf } from '../viewer-class.ts'

/** Who may have the original: the mode of its prefix in the settings. */
export const accessModes = ['open', 'bounded', 'signed'] as const
export type AccessMode = (typeof accessModes)[number]

/** What a deployment is asked with. */
export interface Probe {
  /** Scheme and host. */
  base: string
  /** The key of an original that is there. */
  key: string
  /** A width that anyone may have, in pixels. */
  width: number
  access: AccessMode
  /** No other run's: what is asked with it has never been asked before. */
  nonce: string
  /** Signs, where a key was given. */
  signer?: Signer
  /** Of the transformer; undefined: not told. */
  functionUrl?: string
  /** A page that may not show the images; undefined: not told. */
  otherPage?: string
  client: Client
}

/** What differs from one run to the next. */
export function createNonce(): string {
  return randomBytes(6).toString('hex')
}

/** The URL of an original as anyone writes it; signed where nobody gets it otherwise. */
export function nameUrl(probe: Probe, parameters: ImageParameters, key = probe.key): string {
  if (probe.access === 'signed' && probe.signer) return probe.signer.signUrl(key, parameters)
  return nameUnsigned(probe, parameters, key)
}

/** The URL of an original with any parameters at all, unsigned. */
export function nameUnsigned({ base, key: usual }: Probe, parameters: object, key = usual): string {
  const path = key.split('/').map(encodeURIComponent).join('/')
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${base}/${path}?${query.join('&')}`
}

/** Asks for the one variant that most checks look at, as a browser with AVIF does. */
export function askUsual(probe: Probe, options: AskOptions = {}): Promise<Answer> {
  return probe.client.ask(nameUrl(probe, { width: probe.width }), {
    ...options,
    headers: { accept: acceptOf.avif, ...options.headers },
  })
}
