import { type OriginErrorCode, originErrors } from '../grammar/origin-errors.ts'
import type { Problem } from '../grammar/problem.ts'

/** Why no variant could be made. The message is public; `cause` is for the log alone. */
export class TransformError extends Error {
  override readonly name = 'TransformError'
  readonly problem: Problem & { code: OriginErrorCode }

  /** What the log says of it although nothing of ours failed. */
  readonly warning?: string

  constructor(code: OriginErrorCode, expected: string, received: string, cause?: unknown, warning?: string) {
    super(`${code}: expected ${expected}, received ${received}`, { cause })
    this.warning = warning
    this.problem = { status: originErrors[code].status, code, parameter: '', expected, received }
  }

  /** Status and caching of the answer. */
  get row() {
    return originErrors[this.problem.code]
  }
}
