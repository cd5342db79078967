import { createS3Endpoint, type S3Endpoint } from './s3-endpoint/endpoint.ts'
import type { Credentials } from './signature-v4.ts'
import { bucketNames } from './template/template.ts'

/** Another S3 than the embedded one. */
export interface ExternalS3 {
  endpoint: string
  bucket: string
  credentials: Credentials
}

/** Where originals are. */
interface OriginalSettings {
  originals: string
  replica?: string
  externalS3?: ExternalS3
}

/** What transformers read originals from: embedded S3 endpoints over folders, or another S3. */
export interface RunningOriginals {
  /** What the environment of a region's transformers has to say, which starts its endpoint. */
  describe(region: 'first' | 'second'): Promise<Record<string, string>>
  close(): Promise<void>
}

/** @param credentials of the transformers' role, which the embedded endpoints verify. */
export function createOriginals(
  { originals, replica = originals, externalS3 }: OriginalSettings,
  credentials: Credentials,
  now: () => number,
): RunningOriginals {
  const running = new Map<string, S3Endpoint>()
  const described = new Map<string, Promise<Record<string, string>>>()
  async function start(region: 'first' | 'second'): Promise<Record<string, string>> {
    const bucket = bucketNames[region]
    const folder = region === 'first' ? originals : replica
    const endpoint = createS3Endpoint({ folder, bucket, credentials, now })
    running.set(region, endpoint)
    const { url } = await endpoint.listen()
    return describeS3({ endpoint: url, bucket, credentials })
  }
  return {
    async describe(region) {
      // It has one bucket, for both regions.
      if (externalS3) return describeS3(externalS3)
      const known = described.get(region) ?? start(region)
      described.set(region, known)
      return known
    },
    async close() {
      await Promise.all([...running.values()].map((endpoint) => endpoint.close()))
    },
  }
}

function describeS3({ endpoint, bucket, credentials }: ExternalS3): Record<string, string> {
  return {
    FOVEA_S3_ENDPOINT: endpoint,
    IMAGE_BUCKET: bucket,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
}
