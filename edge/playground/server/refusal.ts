/** Why the playground's API does not do what it was asked, as problem details (RFC 9457) say it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly title: string

  /** @param detail what was expected and received, with nothing secret in it. */
  constructor(status: number, title: string, detail: string) {
    super(detail)
    this.status = status
    this.title = title
  }
}
