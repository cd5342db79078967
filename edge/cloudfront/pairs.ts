/** Values by name: each name's in their order. */
export type Pairs = Readonly<Record<string, readonly string[]>>

/** Pieces `name=value`, as queries and cookies are made of; one without `=` has the empty value. */
export function groupPairs(pieces: readonly string[]): Pairs {
  const pairs: Record<string, string[]> = Object.create(null)
  for (const piece of pieces) {
    if (piece === '') continue
    const name = nameOf(piece)
    pairs[name] ??= []
    pairs[name].push(piece.slice(name.length + 1))
  }
  return pairs
}

/** The name of a piece `name=value`. */
export function nameOf(piece: string): string {
  const equals = piece.indexOf('=')
  return equals < 0 ? piece : piece.slice(0, equals)
}

/** The pairs of a Cookie header. */
export function readCookies(header: string | undefined): Pairs {
  return groupPairs((header ?? '').split(/;\s*/))
}
