/** One row of an error table. */
export interface ErrorRow {
  /** HTTP status of the answer. */
  status: number
  /** Seconds that CloudFront and browsers may keep the answer; 0 is `no-store`. */
  maxAgeSeconds: number
  documentation: ErrorDocumentation
}

/** What a person reads about an error (Markdown). */
export interface ErrorDocumentation {
  meaning: string
  remedy: string
}

/** A row of an error table. */
export function errorRow(status: number, maxAgeSeconds: number, documentation: ErrorDocumentation): ErrorRow {
  return { status, maxAgeSeconds, documentation }
}
