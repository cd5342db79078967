import { UsageError } from '../signer/cli/command.ts'

/** Scheme and host of a deployment, without a slash at the end, given as `name`. */
export function readBaseUrl(name: string, text: string): string {
  const [, origin] = /^(https?:\/\/[^/?#\\\s@]+)\/?$/i.exec(text) ?? []
  if (origin !== undefined && URL.canParse(origin)) return origin
  throw new UsageError(`${name}: expected https://DOMAIN, without a path, but received ${text}`)
}
