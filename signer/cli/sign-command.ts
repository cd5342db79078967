import type { ParameterRow } from '../../grammar/parameter-row.ts'
import { type ParameterName, parameters } from '../../grammar/parameters.ts'
import { createSigner } from '../create-signer.ts'
import type { ImageParameters } from '../image-parameters.ts'
import { findKids, nameKey } from '../keys/kid.ts'
import { type Asked, attachProof, readAskedUrl } from './asked-url.ts'
import { checkMeaning } from './check-meaning.ts'
import {
  type Command,
  type CommandOptions,
  type Context,
  type GivenArguments,
  UsageError,
} from './command.ts'
import { readDuration } from './duration.ts'
import { withKeyStore } from './key-store-choice.ts'
import { readGivenSecret, secretNote, secretOptions } from './secret-sources.ts'

/** Where the local edge is, unless it was told otherwise. */
const localBaseUrl = 'http://localhost:8080'

const proofNames: readonly ParameterName[] = ['key', 'exp', 'kid', 'sig']
const imageRows: readonly ParameterRow[] = parameters.filter(({ name }) => !proofNames.includes(name))

/** `fovea sign`. */
export const signCommand: Command = {
  name: 'sign',
  purpose: 'Sign the URL of an image',
  operand: 'URL|KEY',
  options: {
    ...listImageOptions(),
    'base-url': {
      placeholder: 'URL',
      text: `where the images are (default: that of URL, else FOVEA_BASE_URL, else with --local ${localBaseUrl})`,
    },
    'expires-in': {
      placeholder: 'DURATION',
      text: 'how long it is good for at least: 90s, 15m, 12h, 7d (default 1d)',
    },
    'round-to': { placeholder: 'DURATION', text: 'round the end up, so that URLs of that time are the same' },
    'max-lifetime': { placeholder: 'DURATION', text: 'how long the settings let it live (default 7d)' },
    kid: { placeholder: 'KID', text: 'id of the signing key (default: FOVEA_KID)' },
    ...secretOptions,
    local: {
      text: 'sign with the last key, by its id, of the local edge that runs in this folder (npm start)',
    },
  },
  notes: [
    'URL has its parameters in any spelling, and may have been signed before; the options go before them. KEY is as it stands in the bucket.',
    secretNote,
  ],
  async run(given, context) {
    const asked = readAsked(given.operand)
    const options = readImageOptions(given)
    const { secret, kid } = await findKey(given, context)
    const baseUrl = given.text('base-url') ?? asked.origin ?? context.environment.FOVEA_BASE_URL
    const signer = createSigner({
      secret,
      kid,
      baseUrl: baseUrl ?? (given.flag('local') ? localBaseUrl : expectBaseUrl()),
      now: context.now,
      expiresInSeconds: readSeconds(given, 'expires-in'),
      roundToSeconds: readSeconds(given, 'round-to'),
      maxLifetimeSeconds: readSeconds(given, 'max-lifetime'),
    })
    const url = signer.signUrl(asked.key, { ...asked.parameters, ...options })
    const result = asked.canonical === undefined ? url : proveCanonical(asked.canonical, url, options)
    checkMeaning(result)
    context.print(given.flag('json') ? JSON.stringify(describeResult(result, asked.key, kid)) : result)
    return 0
  },
}

/** Every parameter under its name; its aliases too, which the help does not repeat. */
function listImageOptions(): CommandOptions {
  const options: Record<string, CommandOptions[string]> = {}
  for (const { spellings, documentation } of imageRows) {
    for (const [index, spelling] of spellings.entries()) {
      const text = documentation.values.replaceAll('`', '')
      options[spelling] = { placeholder: 'VALUE', text, hidden: index > 0 }
    }
  }
  return options
}

function readImageOptions(given: GivenArguments): ImageParameters {
  const values: Record<string, string> = {}
  for (const { name, spellings } of imageRows) {
    const found = spellings.filter((spelling) => given.text(spelling) !== undefined)
    if (found.length > 1) throw new UsageError(`--${name}: expected once`)
    const value = given.text(found[0] ?? '')
    if (value !== undefined) values[name] = value
  }
  // Texts are values in another spelling; what is none is refused when it is signed.
  return values as ImageParameters
}

function readAsked(operand: string): Asked {
  if (/^(?:https?:\/\/|\/)/i.test(operand)) return readAskedUrl(operand)
  if (!operand.includes('?')) return { key: operand, parameters: {} }
  throw new UsageError('expected a KEY without ?, or a URL, which begins with / or https://')
}

function proveCanonical(canonical: string, signed: string, options: ImageParameters): string {
  const given = Object.keys(options)[0]
  if (given !== undefined) throw new UsageError(`--${given}: expected none beside a canonical URL`)
  return attachProof(canonical, signed)
}

async function findKey(given: GivenArguments, context: Context): Promise<{ secret: string; kid: string }> {
  const kid = given.text('kid') ?? (context.environment.FOVEA_KID || undefined)
  if (given.flag('local')) return readLocalKey(given, context)
  const secret = await readGivenSecret(given, context)
  if (secret === undefined) throw new UsageError('expected --secret-file, FOVEA_SECRET or --local')
  if (kid === undefined) throw new UsageError('expected --kid or FOVEA_KID')
  return { secret, kid }
}

/** The key that was asked for, else the last by its id, which begins with the day. */
function readLocalKey(given: GivenArguments, context: Context): Promise<{ secret: string; kid: string }> {
  return withKeyStore(given, context, async (store) => {
    const kid = given.text('kid') ?? findKids(await store.listNames()).at(-1)
    const secret = kid === undefined ? undefined : await store.readValue(nameKey(kid))
    if (kid !== undefined && secret !== undefined) return { secret, kid }
    throw new Error('expected a signing key in the local edge’s store but found none: fovea keys new --local')
  })
}

function describeResult(url: string, key: string, kid: string) {
  return { url, key, kid, expiresAt: new Date(Number(/[?&]exp=(\d+)/.exec(url)?.[1]) * 1000) }
}

function readSeconds(given: GivenArguments, name: string): number | undefined {
  const text = given.text(name)
  return text === undefined ? undefined : readDuration(name, text)
}

function expectBaseUrl(): never {
  throw new UsageError('expected --base-url or FOVEA_BASE_URL beside a KEY')
}
