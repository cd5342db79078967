import type { Savings } from './cloudfront/send-answer.ts'
import type { KeyValueStoreAccess } from './key-value-store/access-file.ts'
import type { ExternalS3 } from './originals.ts'
import type { AnswerForItself } from './server.ts'
import type { Stats } from './stats.ts'
import type { Deployment } from './template/deployment.ts'

/** What of a running edge its own pages may look into. */
export interface EdgeInside {
  /** `http://localhost:PORT`. */
  url: string
  /** What is played now; a reload replaces it. */
  deployment(): Deployment
  /** Folder of the originals, or the other S3 that has them. */
  originals: string | ExternalS3
  stats: Readonly<Stats>
  savings: Readonly<Savings>
  /** Access to the template's KeyValueStore; undefined where it has none. */
  keyValueStore(): KeyValueStoreAccess | undefined
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Pages of the edge itself. */
export interface OwnPages {
  answer: AnswerForItself
  close(): void
}
