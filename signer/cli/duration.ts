import { UsageError } from './command.ts'

const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** The seconds of a duration such as `90`, `90s`, `15m`, `12h` or `7d`, given for the option `name`. */
export function readDuration(name: string, text: string): number {
  const [, number, unit = ''] = /^(\d{1,9})([smhd]?)$/.exec(text) ?? []
  if (number !== undefined) return Number(number) * (secondsOf[unit] ?? 1)
  throw new UsageError(`--${name}: expected a duration such as 90s, 15m, 12h or 7d`)
}

/** The instant, in epoch milliseconds, that an ISO date or Unix seconds name, given for the option `name`. */
export function readInstant(name: string, text: string): number {
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)
  if (Number.isFinite(ms)) return ms
  throw new UsageError(`--${name}: expected Unix seconds or a date such as 2026-11-23T08:00:00Z`)
}
