import { createHash, createHmac } from 'node:crypto'
import { type DecisionSettings, decide, examine } from '../grammar/decide.ts'
import { encodeTilde } from '../grammar/escaping.ts'
import { parameters, type RequestParameters } from '../grammar/parameters.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { computeSignature, formatSignedText } from '../grammar/signature.ts'
import { unsignedPattern } from '../grammar/unsigned.ts'
import { exampleSettings } from './outcome.ts'
import { acceptedTimes, respellingCases, type VectorCase, vectorCases } from './signing/cases.ts'
import { type RefusalCase, refusalCases } from './signing/refusal-cases.ts'
import type { SigningVector } from './signing/vector.ts'

/** A request at a time. */
export interface JudgedRequest {
  name: string
  /** Name of the vector that it was made from. */
  vector: string
  /** Path and query. */
  url: string
  /** Unix time in seconds. */
  now: number
}

/** A request that the edge refuses. */
export interface RefusedRequest extends JudgedRequest {
  /** Whether the edge cannot read its signing keys. */
  storeOutOfReach?: true
  /** The code of the error. */
  code: string
}

/** The content of docs/signing-vectors.json. */
export interface SigningVectors {
  about: string[]
  /** What the edge judges by. */
  settings: Omit<DecisionSettings, 'unsigned'>
  /** Secrets by kid. */
  secrets: Record<string, string>
  vectors: SigningVector[]
  /** Other requests, and other times, at which the edge accepts the signature of a vector. */
  respellings: JudgedRequest[]
  refused: RefusedRequest[]
}

const about = [
  'Test vectors of the signature of Fovea. docs/access.md says how to sign, docs/signing/ has recipes.',
  'vectors: text is what is signed, line by line; sig is its HMAC-SHA256 under the UTF-8 of secret, in base64url without padding; url is path and query.',
  'respellings: requests that carry the signature of a vector and are accepted under settings and secrets at the time now.',
  'refused: vectors with one thing changed, and the code of the error that the edge answers at the time now.',
  'The secrets are public: the base64url or hexadecimal digests of short texts. Never use one.',
  'Written by docs/generate.ts with the functions of grammar/: change docs/signing/*.ts, then run `npx tsx docs/generate.ts`.',
]

const settings: DecisionSettings = {
  ...exampleSettings,
  access: [['', 'signed']],
  presets: { card: { width: 400, height: 300 }, '50%~é': { width: 200 } },
  unsigned: unsignedPattern,
  overlays: 'marks/',
  lifetime: 604_800,
  skew: 60,
}

const secrets: Readonly<Record<string, string>> = {
  web: digest('sha256', 'fovea test 1', 'base64url'),
  'web-2': digest('sha256', 'fovea test 2', 'base64url'),
  k: digest('sha256', 'fovea test 3', 'base64url'),
  'a-kid-of-32-characters-012345678': digest('sha256', 'fovea test 4', 'base64url'),
  // A block of SHA-256 has 64 bytes: HMAC replaces a longer key by its digest.
  'secret-64': digest('sha256', 'fovea test 5', 'hex'),
  'secret-128': digest('sha512', 'fovea test 6', 'hex'),
  'secret-utf-8': `Schlüssel-鍵-🔑-${digest('sha256', 'fovea test 7', 'base64url')}`,
  short: digest('sha256', 'fovea test 8', 'base64url').slice(1),
}

const anHour = 3600

/** Characters, the comma at the end included, as in biome.json. */
const lineWidth = 110

/** The text of docs/signing-vectors.json. */
export function formatSigningVectors(): string {
  return `${formatJson(computeSigningVectors(), '')}\n`
}

/** @throws Error where the edge would not judge as the cases say. */
function computeSigningVectors(): SigningVectors {
  const vectors = vectorCases.map(computeVector)
  const find = (name: string): SigningVector => {
    const found = vectors.find((vector) => vector.name === name)
    if (!found) throw new Error(`expected a vector named ${name}`)
    return found
  }
  const respellings = [
    ...Object.entries(respellingCases).flatMap(([vector, requests]) =>
      Object.entries(requests).map(([name, request]) => computeRespelling(name, find(vector), request)),
    ),
    ...Object.entries(acceptedTimes).map(([name, left]) => {
      const vector = find('one parameter')
      return { name, vector: vector.name, url: vector.url, now: vector.exp - left }
    }),
  ]
  const refused = Object.entries(refusalCases).flatMap(([code, cases]) =>
    cases.map((each) => computeRefused(code, each, find(each.of ?? 'one parameter'))),
  )
  for (const { name, url, exp } of vectors) expectCode(undefined, name, judge(url, exp - anHour))
  for (const { name, url, now } of respellings) expectCode(undefined, name, judge(url, now))
  for (const { name, code, url, now, storeOutOfReach } of refused)
    expectCode(code, name, judge(url, now, storeOutOfReach))
  // A pattern is no JSON, and where everything must be signed it does not matter.
  const { unsigned: _, ...written } = settings
  return { about, settings: written, secrets, vectors, respellings, refused }
}

function computeVector({
  name,
  key = 'p/chair.jpg',
  parameters: given = {},
  kid = 'web',
  exp = 2_000_000_000,
}: VectorCase): SigningVector {
  const secret = secrets[kid]
  if (secret === undefined) throw new Error(`expected a secret for ${kid}`)
  const text = formatSignedText(key, { ...given, exp: String(exp), kid })
  const sig = computeSignature(secret, text)
  const pairs = listPairs(given)
  const query = [...pairs, ['exp', exp] as const, ['kid', kid] as const, ['sig', sig] as const]
    .map(([each, value]) => `${each}=${encodePercent(String(value))}`)
    .join('&')
  return { name, secret, kid, key, parameters: pairs, exp, text, sig, url: `/${encodePercent(key)}?${query}` }
}

/** What of `given` has a value, in the order of the table. */
function listPairs(given: RequestParameters): [string, string][] {
  return parameters.flatMap(({ name }) => {
    const value = given[name]
    return value === undefined ? [] : [[name, String(value)]]
  })
}

function computeRespelling(name: string, vector: SigningVector, request: string): JudgedRequest {
  const url = request
    .replace('{proof}', 'exp={exp}&kid={kid}&sig={sig}')
    .replace(/\{(exp|kid|sig)\}/g, (_found, field: 'exp' | 'kid' | 'sig') => String(vector[field]))
  return { name, vector: vector.name, url, now: vector.exp - anHour }
}

function computeRefused(
  code: string,
  { name, change = ['', ''], sign, encoding, left = anHour, storeOutOfReach }: RefusalCase,
  vector: SigningVector,
): RefusedRequest {
  const [from, to] = change
  let url = vector.url.replace(from, typeof to === 'string' ? () => to : to)
  if (sign || encoding) {
    const { secret, text } = { ...vector, ...sign?.(vector, secrets) }
    const sig = createHmac('sha256', secret)
      .update(text)
      .digest(encoding ?? 'base64url')
    url = url.replace(vector.sig, encodeURIComponent(sig))
  }
  const now = vector.exp - left
  if (url === vector.url && left === anHour && !storeOutOfReach) throw new Error(`${name} changes nothing`)
  return { name, vector: vector.name, url, now, ...(storeOutOfReach && { storeOutOfReach }), code }
}

/** The code with which the edge refuses `url`; undefined where it accepts it. */
function judge(url: string, now: number, storeOutOfReach = false): string | undefined {
  const [path = '', query = ''] = url.split('?')
  const decision = examine(path, query, now, settings)
  const secret = storeOutOfReach ? undefined : (secrets[decision.kid ?? ''] ?? '')
  decide(decision, path, () => '', secret, settings)
  // Anything but a rejection is a defect: it has no code, which no case expects.
  return decision.refusal ? String((decision.refusal as Partial<Rejection>).code) : undefined
}

function expectCode(expected: string | undefined, name: string, received: string | undefined): void {
  if (received !== expected) {
    throw new Error(`expected ${expected ?? 'acceptance'} of “${name}” but received ${received ?? 'it'}`)
  }
}

/** RFC 3986's unreserved characters and `/` stand for themselves, every other byte of UTF-8 is `%XX`. */
function encodePercent(text: string): string {
  return encodeTilde(text).replaceAll('~', '%').replaceAll('%7E', '~')
}

function digest(algorithm: string, text: string, encoding: 'base64url' | 'hex'): string {
  return createHash(algorithm).update(text).digest(encoding)
}

/**
 * JSON as Biome writes it: an array stands on one line where it fits there.
 *
 * @param before what stands before `value` on its line.
 */
function formatJson(value: unknown, indent: string, before = indent): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((item) => formatJson(item, inner))
    : Object.entries(value).map(([name, each]) => {
        const label = `${JSON.stringify(name)}: `
        return label + formatJson(each, inner, inner + label)
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const line = `${open}${lines.join(', ')}${close}`
  const fits = Array.isArray(value) && before.length + line.length + 1 <= lineWidth && !line.includes('\n')
  return fits ? line : `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}`
}
