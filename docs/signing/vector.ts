/** A URL, what of it is signed, and with what. */
export interface SigningVector {
  /** What it shows. */
  name: string
  secret: string
  kid: string
  /** As it is in the bucket. */
  key: string
  /** Full names in the order of docs/url.md, values in their one spelling. */
  parameters: [name: string, value: string][]
  /** Unix time in seconds. */
  exp: number
  text: string
  sig: string
  /** Path and query. */
  url: string
}
