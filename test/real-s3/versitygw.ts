import { execFile, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Credentials } from '../../edge/signature-v4.ts'
import { type S3UnderTest, startS3 } from '../transformer/s3-under-test.ts'

/** An S3 server of others, which verifies signatures, over a folder of its own: https://github.com/versity/versitygw */
export interface Versitygw extends S3UnderTest {
  /** Credentials that the server knows, of a user without any rights. */
  addUser(): Promise<Credentials>
}

/** Milliseconds until the server must have answered once; it takes a few hundred. */
const startingMs = 10_000

/** The program: FOVEA_VERSITYGW, else `versitygw` on PATH; undefined where it cannot be run. */
export function findVersitygw(): string | undefined {
  const program = process.env.FOVEA_VERSITYGW ?? 'versitygw'
  return spawnSync(program, ['--version']).error === undefined ? program : undefined
}

/** Starts `program` on a free port of this machine, with an empty bucket. */
export async function startVersitygw(program: string): Promise<Versitygw> {
  const root = makeCredentials()
  const folder = mkdtempSync(join(tmpdir(), 'fovea-versitygw-'))
  for (const name of ['buckets', 'metadata', 'users']) mkdirSync(join(folder, name))
  const address = `127.0.0.1:${await findFreePort()}`
  const server = spawn(
    program,
    [
      ...['--port', address, '--health', '/health', '--quiet'],
      // Without a list of users an unknown access key is 404 instead of 403.
      ...['--iam-dir', join(folder, 'users')],
      // ETags in files, since not every temporary folder keeps extended attributes.
      ...['posix', '--sidecar', join(folder, 'metadata'), join(folder, 'buckets')],
    ],
    { env: environmentOf('ROOT', root) },
  )
  let output = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = once(server, 'exit')
  const kill = () => server.kill()
  process.once('exit', kill)
  const url = `http://${address}`

  async function stop(): Promise<void> {
    process.off('exit', kill)
    kill()
    await ended
    rmSync(folder, { recursive: true })
  }

  try {
    await Promise.race([
      waitForAnswer(`${url}/health`),
      ended.then(([code]) => Promise.reject(new Error(`it ended with ${code}`))),
    ])
    const s3 = await startS3({
      FOVEA_TEST_S3_ENDPOINT: url,
      FOVEA_TEST_S3_ACCESS_KEY_ID: root.accessKeyId,
      FOVEA_TEST_S3_SECRET_ACCESS_KEY: root.secretAccessKey,
    })
    return {
      ...s3,
      name: 'versitygw',
      addUser: () => addUser(program, url, root),
      async close() {
        await s3.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw new Error(`expected ${program} to serve S3 on ${address} but received ${output}`, { cause: error })
  }
}

async function addUser(program: string, url: string, root: Credentials): Promise<Credentials> {
  const user = makeCredentials()
  await promisify(execFile)(
    program,
    [
      ...['admin', '--endpoint-url', url, 'create-user', '--role', 'user'],
      ...['--access', user.accessKeyId, '--secret', user.secretAccessKey],
    ],
    { env: environmentOf('ADMIN', root) },
  )
  return user
}

function makeCredentials(): Credentials {
  return {
    accessKeyId: randomBytes(8).toString('hex').toUpperCase(),
    secretAccessKey: randomBytes(20).toString('hex'),
  }
}

/** Credentials as the program reads them: not among its arguments, which other users of the machine see. */
function environmentOf(
  role: 'ROOT' | 'ADMIN',
  { accessKeyId, secretAccessKey }: Credentials,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    [`${role}_ACCESS_KEY_ID`]: accessKeyId,
    [`${role}_SECRET_ACCESS_KEY`]: secretAccessKey,
  }
}

/** A port that was free a moment ago: the server does not tell which one it took. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function waitForAnswer(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(startingMs)
  while (!(await isAnswered(url))) {
    deadline.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function isAnswered(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
