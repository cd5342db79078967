import { defaultSettings } from '../../grammar/default-settings.ts'
import { readUrl } from '../../grammar/read-url.ts'
import type { Rejection } from '../../grammar/rejection.ts'
import { splitUrl } from '../verify-url.ts'

/**
 * Refuses what the edge would refuse whoever signs it. A preset, which only the settings know, may lift a
 * contradiction.
 */
export function checkMeaning(url: string): void {
  const { path, query } = splitUrl(url)
  if (/[?&]preset=/.test(url)) return
  const viewer = {
    class: 'none',
    saveData: false,
    dpr: 0,
    width: 0,
    viewportWidth: 0,
    deviceWidth: 0,
  } as const
  try {
    readUrl(path, query, viewer, defaultSettings, false)
  } catch (thrown) {
    throw describeRejection(thrown)
  }
}

/** A `Rejection` of the grammar as what a person reads, `bad-value: expected X for NAME but received Y`, with its code for machines. */
export function describeRejection(thrown: unknown): Error {
  const { code, parameter, expected, received } = thrown as Partial<Rejection>
  if (code === undefined) return thrown instanceof Error ? thrown : new Error(String(thrown))
  const text = `${code}: expected ${expected || 'nothing'} for ${parameter || 'the URL'} but received ${received}`
  return Object.assign(new Error(text), { code })
}
