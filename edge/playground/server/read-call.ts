import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

/** Bytes of a body in JSON: a URL of any length that an edge takes, several times. */
const maxJsonBytes = 64 * 1024

/** A JSON object of which the members are read one by one. */
export interface Members {
  /** @throws Refusal 400 unless it is a text that is not longer than CloudFront takes a URL to be. */
  text(name: string): string
  /** Undefined where it is not there. */
  optionalText(name: string): string | undefined
  /** A whole number in the bounds; undefined where it is not there. */
  optionalWhole(name: string, min: number, max: number): number | undefined
}

/** Characters of a text: more than the 8,192 bytes of URL that CloudFront takes, so that one can see it refuse. */
const maxTextLength = 10_000

/**
 * Reads a request's body.
 *
 * @throws Refusal 400, 413
 */
export async function readMembers(request: IncomingMessage): Promise<Members> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    // The rest is read and forgotten: who cannot send hears no answer.
    if (length <= maxJsonBytes) chunks.push(chunk)
  }
  if (length > maxJsonBytes) {
    throw new Refusal(
      413,
      'Too long',
      `expected a body of at most ${maxJsonBytes} bytes but received ${length}`,
    )
  }
  return openMembers(parseObject(Buffer.concat(chunks).toString()))
}

function openMembers(members: Readonly<Record<string, unknown>>): Members {
  const optionalText = (name: string) => {
    const value = members[name]
    if (value === undefined) return undefined
    if (typeof value === 'string' && value.length <= maxTextLength) return value
    throw refuse(name, `a text of at most ${maxTextLength} characters`, value)
  }
  return {
    optionalText,
    text(name) {
      const value = optionalText(name)
      if (value === undefined) throw refuse(name, 'a text', value)
      return value
    },
    optionalWhole(name, min, max) {
      const value = members[name]
      if (value === undefined) return undefined
      if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return Number(value)
      throw refuse(name, `a whole number from ${min} to ${max}`, value)
    },
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  // Without a prototype: names are the caller's.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.assign(Object.create(null), value)
  }
  throw new Refusal(400, 'Bad request', 'expected a JSON object as the body')
}

/**
 * The parameter `key` of a query, decoded.
 *
 * @throws Refusal 400 where it is not there once, or not percent-encoded UTF-8.
 */
export function readKeyParameter(query: string): string {
  const given = query
    .split('&')
    .filter((piece) => piece.startsWith('key='))
    .map((piece) => piece.slice('key='.length))
  const [sent] = given
  if (sent === undefined || given.length > 1) {
    throw new Refusal(
      400,
      'Bad request',
      `expected the parameter key once but received it ${given.length} times`,
    )
  }
  try {
    return decodeURIComponent(sent.replaceAll('+', ' '))
  } catch {
    throw new Refusal(400, 'Bad request', 'expected UTF-8, percent-encoded, for key')
  }
}

/** Whether the query has `name=1`. */
export function readFlag(query: string, name: string): boolean {
  return query.split('&').includes(`${name}=1`)
}

/** A refusal of a value: 400. */
export function refuse(name: string, expected: string, received: unknown): Refusal {
  const shown = JSON.stringify(received)?.slice(0, 200) ?? 'nothing'
  return new Refusal(400, 'Bad request', `expected ${expected} for ${name} but received ${shown}`)
}
