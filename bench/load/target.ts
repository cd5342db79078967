import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Who is loaded. */
export interface Target {
  /** Protocol, host and port alone. */
  url: URL
  /** Whether it is this machine. */
  local: boolean
  /** Of this machine, by which it is reached whatever its name resolves to later; undefined for others. */
  addresses?: readonly string[]
}

/** The addresses of a name. */
export type Resolve = (hostname: string) => Promise<string[]>

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/**
 * Reads where the load goes. Without `owned` only this machine is taken: loopback addresses, and names that resolve to nothing
 * else.
 *
 * @throws Error for another machine, for what is no URL of a server, and for a name that does not resolve.
 */
export async function readTarget(
  text: string,
  owned: boolean,
  resolve: Resolve = resolveByDns,
): Promise<Target> {
  const url = readUrl(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => [])
  // One foreign address among several would be enough for a part of the load to go there.
  const local = addresses.length > 0 && addresses.every(isLoopback)
  if (local) return { url, local, addresses }
  if (owned) return { url, local }
  const found = addresses.length === 0 ? 'which does not resolve' : `which is ${addresses.join(', ')}`
  throw new Error(
    `--target: expected this machine (http://localhost:PORT) but received ${host}, ${found}. A load test of a server that is not yours is an attack; of your own it costs what its requests cost: say --i-own-this`,
  )
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isServer = url && /^https?:$/.test(url.protocol) && url.hostname !== ''
  // A user name is how `http://localhost@elsewhere.example` looks like this machine.
  const isPlain = url && url.username === '' && url.password === ''
  const isOrigin = url && url.pathname === '/' && url.search === '' && url.hash === ''
  if (isServer && isPlain && isOrigin) return url
  throw new Error(
    `--target: expected http://HOST:PORT or https://HOST, and nothing else, but received ${text}`,
  )
}

function isLoopback(address: string): boolean {
  return loopback.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}
