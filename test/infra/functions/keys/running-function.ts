import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { KeyValueStoreAccess } from '../../../../edge/key-value-store/access-file.ts'
import type { SandboxMessage } from '../../../../edge/lambda/sandbox.ts'
import { root, sandboxScript } from '../../../../edge/project.ts'
import { type KeyStore, openKeyStore } from '../../../../signer/keys/key-store.ts'
import { closeLocalStores, type LocalStore, openLocalStore } from '../../../signer/keys/local-store.ts'
import { createFakeSecretsManager, type FakeSecretsManager } from './fake-secrets-manager.ts'

/** As CloudFormation makes the first one. */
export const firstKey = {
  kid: 'first',
  secret: 'Q7mX2vLp9RtK4sWz8NbY1cHd6JgF3eUaT5oVxB0iMnSlZqCwErDyGhPkAjOuI2f4',
}

/** The built function in a process of its own, as Lambda would run it, between a secret and a local KeyValueStore. */
export interface RunningFunction {
  secretsManager: FakeSecretsManager
  /** What the edge function reads. */
  values: Map<string, string>
  /** Another client of the store. */
  open(): KeyStore
  /** Undefined where it succeeded, else its error. */
  call(event: object): Promise<string | undefined>
  /** What CloudFormation was answered. */
  deploy(type: 'Create' | 'Update' | 'Delete'): Promise<Record<string, string>>
  /** Calls the steps of a rotation, as Secrets Manager does. */
  rotate(versionId?: string, times?: number): Promise<void>
  /** All that it wrote to its log. */
  log(): string
}

const closing: (() => unknown)[] = []

export const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret']

export interface FunctionOptions {
  /** What the secret holds at first. Default: {@link firstKey}. */
  text?: string
  overlapSeconds?: number
  environment?: Record<string, string>
  /** The store of a local edge. Default: one of its own. */
  store?: KeyValueStoreAccess
}

export async function openFunction(given: FunctionOptions = {}): Promise<RunningFunction> {
  const { settings, values, open } = given.store ? openStoreOf(given.store) : await openLocalStore()
  const secretsManager = createFakeSecretsManager(
    given.text ?? JSON.stringify(firstKey),
    settings.credentials,
  )
  const endpoint = await secretsManager.listen()
  let log = ''
  const child = fork(sandboxScript, [join(root, 'build/functions/keys'), 'index.handler'], {
    silent: true,
    serialization: 'advanced',
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: settings.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: settings.credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      FOVEA_KEY_VALUE_STORE_ENDPOINT: settings.endpoint,
      FOVEA_KEY_VALUE_STORE_ARN: settings.arn,
      FOVEA_SECRET_ARN: secretsManager.arn,
      FOVEA_OVERLAP_SECONDS: String(given.overlapSeconds ?? 604_800),
      FOVEA_PROPAGATION_SECONDS: '0',
      ...given.environment,
    },
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (log += chunk))
  closing.push(() => child.kill('SIGKILL'), secretsManager.close)
  await receive(child)
  const call = async (event: object) => {
    child.send({ event, timeoutMs: 60_000 })
    const message = await receive(child)
    // Lambda would write the error into the log.
    if ('error' in message) log += message.error
    return 'error' in message ? message.error : undefined
  }
  return {
    secretsManager,
    values,
    open,
    call,
    async deploy(type) {
      const { url, answer } = await listenForAnswer()
      const ids = { StackId: 'stack', RequestId: randomUUID(), LogicalResourceId: 'Deployed' }
      const error = await call({ RequestType: type, ResponseURL: url, ...ids })
      if (error) throw new Error(error)
      return answer
    },
    async rotate(versionId = randomUUID(), times = 1) {
      secretsManager.begin(versionId)
      for (const Step of steps) {
        for (let time = 0; time < times; time++) {
          const event = { Step, SecretId: secretsManager.arn, ClientRequestToken: versionId }
          const error = await call(event)
          if (error) throw new Error(`${Step}: ${error}`)
        }
      }
    },
    log: () => log,
  }
}

/** Its values are the edge's, and not to be seen. */
function openStoreOf(settings: KeyValueStoreAccess): Pick<LocalStore, 'settings' | 'values' | 'open'> {
  return { settings, values: new Map(), open: () => openKeyStore(settings) }
}

export async function closeFunctions(): Promise<void> {
  for (const close of closing.splice(0)) await close()
  await closeLocalStores()
}

function receive(child: ChildProcess): Promise<SandboxMessage> {
  return new Promise((resolve, reject) => {
    const exited = (code: number | null) => reject(new Error(`the process ended with ${code}`))
    child.once('exit', exited)
    child.once('message', (message: SandboxMessage) => {
      child.off('exit', exited)
      // What it wrote comes by another pipe.
      void setTimeout(50).then(() => resolve(message))
    })
  })
}

/** The place where S3 takes the answer: it refuses one with a content type, which its signature does not have. */
async function listenForAnswer() {
  let take: (answer: Record<string, string>) => void
  const answer = new Promise<Record<string, string>>((resolve) => {
    take = resolve
  })
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const valid =
      request.method === 'PUT' &&
      !request.headers['content-type'] &&
      request.url?.includes('Signature=s3cr3t')
    response.writeHead(valid ? 200 : 403).end()
    if (valid) take(JSON.parse(Buffer.concat(chunks).toString()))
  })
  closing.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?Signature=s3cr3t`, answer }
}
