import type { ValueKind } from './value-kinds.ts'

/** One parameter of the URL language. */
export interface ParameterRow<
  Name extends string = string,
  Kind extends ValueKind = ValueKind,
  CanonicalKind extends ValueKind | null = ValueKind | null,
> {
  name: Name
  /** The name, then its aliases; lower case. */
  spellings: readonly string[]
  /** What a request may say. */
  kind: Kind
  /** What a canonical URL may say; null where the parameter never reaches one. */
  canonicalKind: CanonicalKind
  documentation: ParameterDocumentation
}

/** What a person reads about a parameter. */
export interface ParameterDocumentation {
  /** The values, in the words of a reference (Markdown). */
  values: string
  /** What holds without the parameter. */
  default: string
  text: string
}

type NameIn<Spelt extends string> = Spelt extends `${infer Name}=${string}` ? Name : Spelt

/** A row of the table. */
export function row<
  const Spelt extends string,
  const Kind extends ValueKind,
  const CanonicalKind extends ValueKind | null,
>(
  spelt: Spelt,
  kind: Kind,
  canonicalKind: CanonicalKind,
  documentation: ParameterDocumentation,
): ParameterRow<NameIn<Spelt>, Kind, CanonicalKind> {
  const spellings = spelt.split('=')
  return { name: spellings[0] as NameIn<Spelt>, spellings, kind, canonicalKind, documentation }
}
