import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

/** What `npm start` was told. */
export interface EdgeOptions {
  /** Folder of the originals; undefined: the samples. */
  originals?: string
  port: number
  /** Invocations of the Lambda at a time, above which it is throttled. */
  concurrency: number
  /** Lambda processes at most; what is beyond waits. */
  sandboxes: number
  watch: boolean
  /** Whether to show the playground in the browser of this machine. */
  open: boolean
}

export const help = `fovea: CloudFront, Lambda and S3 on one machine, from the template that a deployment would use

  npm start -- [options]

  --originals DIR   folder whose files are the originals (default: sample pictures)
  --port N          port to listen on (default 8080; 0 takes a free one)
  --concurrency N   Lambda runs at a time, above which viewers get 429 (default 1000, Lambda’s usual quota)
  --sandboxes N     Lambda processes that really run at a time; the others wait (default: this machine's cores)
  --watch           build again and empty the cache when the code changes
  --open            show the playground in this machine's browser
  --help            this text

  FOVEA_CONFIG       another file of settings than fovea.config.ts
  FOVEA_S3_ENDPOINT  another S3 for the originals, with IMAGE_BUCKET, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY

  While it runs, build/edge/key-value-store.json has what the KeyValueStore's API needs: endpoint, ARN, credentials.
  What the transformer logs is in build/edge/lambda.log.
`

/**
 * Reads the command line; undefined where help was asked for.
 *
 * @throws Error saying what was expected and received.
 */
export function readOptions(argv: readonly string[]): EdgeOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      originals: { type: 'string' },
      port: { type: 'string', default: '8080' },
      concurrency: { type: 'string', default: '1000' },
      sandboxes: { type: 'string', default: String(availableParallelism()) },
      watch: { type: 'boolean', default: false },
      open: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  return {
    originals: values.originals,
    port: readWhole('--port', values.port, 0, 65535),
    concurrency: readWhole('--concurrency', values.concurrency, 1, 100_000),
    sandboxes: readWhole('--sandboxes', values.sandboxes, 1, 1000),
    watch: values.watch,
    open: values.open,
  }
}

function readWhole(name: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new Error(`${name}: expected a whole number from ${min} to ${max} but received ${text}`)
}
