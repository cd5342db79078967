import { createHash, createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatSettings } from '../../grammar/format-settings.ts'
import { unsignedPattern } from '../../grammar/unsigned.ts'
import { buildViewerFunction } from '../../viewer-fn/build.ts'

const builtFile = join(dirname(fileURLToPath(import.meta.url)), '../../build/viewer-fn/index.js')

/** What the clock of the edge says, in seconds since the epoch. */
export const now = 1_700_000_000

/** The settings of most tests: one prefix of each mode, the rest bounded. */
export const settings = {
  access: [
    ['secret/', 'signed'],
    ['vault/', 'closed'],
    ['open/', 'open'],
    ['', 'bounded'],
  ],
  unsigned: unsignedPattern,
  overlays: 'marks/',
  lifetime: 604_800,
  skew: 60,
  ladder: [160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840],
  aspects: ['1-1', '4-3', '3-4', '3-2', '2-3', '16-9', '9-16'],
  presets: { card: { width: 300, height: 250 } },
} satisfies DecisionSettings

/** What the store of most tests holds. */
export const secrets = {
  'sign.k1': 'kL4vQ9tXw2ZbN7yPr0sUeG6hJmC1dFaIoE8iT5uKxVA',
  'sign.k2': 'Zz3_yY-xX8wWvV7uUtT6sSrR5qQpP4oOnN9mMlLkK2j',
  'sign.weak': 'shortpass-shortpass',
  'sign.empty': '',
  explain: 'Tq7HdW3fYb_9sLx-KcVg5Rj2ZpMn8AuE4oXiC6tBy1QG',
}

/** The KeyValueStore of an edge, and what was seen of it. */
export interface Store {
  values: Map<string, string>
  /** Names in the order in which they were looked up. */
  lookups: string[]
  /** Whether it is out of reach. */
  fails: boolean
}

export type Headers = Readonly<Record<string, string | readonly string[]>>

/** What the function gave: a request that goes on, or an answer of its own. */
export interface Answer {
  /** The canonical URL; undefined where it is an answer. */
  url?: string
  status: number
  /** What `x-fovea-error` says; '' where it says nothing. */
  code: string
  headers: Record<string, string>
  body: string
  /** All of it as CloudFront gets it, in JSON. */
  raw: string
}

export interface Edge {
  ask(url: string, headers?: Headers): Promise<Answer>
  store: Store
  /** Milliseconds since the epoch; may be set. */
  clock: { ms: number }
  /** The HMACs that it computed, in order: under which secret, of what. */
  digests: { secret: string; text: string }[]
}

/** The built file. Built where it has not been. */
export async function readBuiltFile(): Promise<string> {
  if (!existsSync(builtFile)) await buildViewerFunction()
  return readFileSync(builtFile, 'utf8')
}

/** The built function with `own` over the settings of most tests, and with what its two imports give in their place. */
export async function readBuiltFunction(own: Partial<DecisionSettings>, modules: string): Promise<string> {
  const pieces = (await readBuiltFile()).split('__FOVEA_SETTINGS__')
  if (pieces.length !== 2) throw new Error('expected one place for the settings in the built function')
  let imports = 0
  const code = pieces
    .join(formatSettings({ ...settings, ...own }))
    .replace(/import (\w+) from ?["'](cloudfront|crypto)["'];?/g, (_whole, name, module) => {
      imports++
      return `var ${name} = ${modules}.${module};`
    })
  if (imports !== 2) throw new Error(`expected two imports in the built function but found ${imports}`)
  return code
}

/**
 * Loads the built function where no code can be generated, with a clock that stands still.
 *
 * @param own in place of some of the settings of most tests.
 */
export async function loadEdge(own: Partial<DecisionSettings> = {}): Promise<Edge> {
  const store: Store = { values: new Map(Object.entries(secrets)), lookups: [], fails: false }
  const clock = { ms: now * 1000 }
  const digests: Edge['digests'] = []
  const crypto = { createHash, createHmac: (name: string, secret: string) => openHmac(name, secret, digests) }
  const context = createContext(
    { modules: { crypto, cloudfront: { kvs: () => openStore(store) } }, clock },
    { codeGeneration: { strings: false, wasm: false } },
  )
  runInContext('Date.now = () => clock.ms', context)
  runInContext(await readBuiltFunction(own, 'modules'), context, { filename: 'viewer-fn/index.js' })
  const call: (event: string, query: string | undefined) => Promise<string> = runInContext(
    `async (json, query) => {
      const event = JSON.parse(json)
      event.request.rawQueryString = () => query
      return JSON.stringify(await handler(event))
    }`,
    context,
  )
  const ask = async (url: string, headers: Headers = {}) => {
    const [path = '', ...rest] = url.split('?')
    const request = {
      method: 'GET',
      uri: path,
      querystring: {},
      headers: formatHeaders(headers),
      cookies: {},
    }
    return readAnswer(await call(JSON.stringify({ request }), url.includes('?') ? rest.join('?') : undefined))
  }
  return { ask, store, clock, digests }
}

/** Node's own HMAC, which notes what it is given. */
function openHmac(algorithm: string, secret: string, digests: Edge['digests']) {
  const hmac = createHmac(algorithm, secret)
  return {
    update: (text: string) => {
      digests.push({ secret, text })
      return hmac.update(text)
    },
  }
}

function openStore(store: Store) {
  const look = (name: string) => {
    store.lookups.push(name)
    if (store.fails) throw new Error('out of reach')
    return store.values.get(name)
  }
  return {
    get: async (name: string) => {
      const value = look(name)
      if (value === undefined) throw new Error('key not found')
      return value
    },
    exists: async (name: string) => look(name) !== undefined,
  }
}

/** A header that comes several times has the first as its value. Source: CloudFront developer guide, event structure. */
function formatHeaders(headers: Headers): object {
  return Object.fromEntries(
    Object.entries(headers).map(([name, sent]) => {
      const values = typeof sent === 'string' ? [sent] : sent
      const value = values[0] ?? ''
      return [
        name,
        values.length > 1 ? { value, multiValue: values.map((each) => ({ value: each })) } : { value },
      ]
    }),
  )
}

function readAnswer(raw: string): Answer {
  const { statusCode = 0, uri, querystring, headers, body } = JSON.parse(raw)
  if (!statusCode) return { url: `${uri}?${querystring}`, status: 0, code: '', headers: {}, body: '', raw }
  const own = Object.entries<{ value: string }>(headers).map(([name, { value }]) => [name, value])
  const byName: Record<string, string> = Object.fromEntries(own)
  return { status: statusCode, code: byName['x-fovea-error'] ?? '', headers: byName, body: body.data, raw }
}
