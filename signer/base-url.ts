import { invalidArgument } from './invalid-argument.ts'

/** Scheme and host alone of `baseUrl`: a path would become part of every key. */
export function readOrigin(baseUrl: string): string {
  const [, origin] = /^(https?:\/\/[^/?#\\\s@]+)\/?$/.exec(baseUrl) ?? []
  if (origin === undefined || !URL.canParse(origin)) {
    throw invalidArgument('baseUrl', 'https://HOST, without a path', baseUrl)
  }
  return origin
}
