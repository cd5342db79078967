import { findRow } from '../../grammar/query.ts'
import type { TraceRequest } from '../trace/request.ts'

/** A parameter of a URL by its full name, its value as sent. */
export type Asked = readonly [name: string, value: string]

/**
 * What a query asks, in the order sent, with our aliases spelt out in lower case and names percent-decoded: the URL as its writer
 * would have written it for a product that knows full names only. What we do not know stays as it is.
 */
export function listAsked({ query }: TraceRequest): Asked[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [findRow(name.toLowerCase())?.[1] ?? name, decodeURIComponent(value.join('='))]
    })
}

/** The first value that `asked` has for `name`. */
export function findAsked(asked: readonly Asked[], name: string): string | undefined {
  return asked.find(([each]) => each === name)?.[1]
}

/**
 * `asked` as it is written for a product that has width and height, but neither aspect nor dpr: the second side in place of the
 * aspect, both multiplied. The same picture, so that keys are compared over the same pictures.
 */
export function writeSides(asked: readonly Asked[]): Asked[] {
  const dpr = Number(findAsked(asked, 'dpr') ?? 1)
  const width = Number(findAsked(asked, 'width')) * dpr
  const size = (value: string) => String(Math.round(Number(value) * dpr))
  return asked.flatMap(([name, value]): Asked[] => {
    if (name === 'dpr') return []
    if (name === 'width' || name === 'height') return [[name, size(value)]]
    if (name !== 'aspect') return [[name, value]]
    const [across = 1, down = 1] = value.split(/[-:]/).map(Number)
    return [['height', String(Math.round((width * down) / across))]]
  })
}
