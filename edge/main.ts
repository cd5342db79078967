import { stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { buildAll } from './build.ts'
import { type Edge, type EdgeSettings, startEdge } from './edge.ts'
import { accessFile } from './key-value-store/access-file.ts'
import { type Log, logErrors } from './lambda/lambda.ts'
import { openLogFile } from './lambda/log-file.ts'
import { openBrowser } from './open-browser.ts'
import { type EdgeOptions, help, readOptions } from './options.ts'
import { openPlayground } from './playground/server/playground.ts'
import { lambdaLogFile, root } from './project.ts'
import { prepareSamples } from './samples.ts'
import { ownPath } from './server.ts'
import { isForAnyone, listOriginals, suggestUrls } from './suggestions.ts'
import { watchSources } from './watch.ts'

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await run(options)
  else process.stdout.write(help)
} catch (error) {
  process.stderr.write(`fovea: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function run(options: EdgeOptions): Promise<void> {
  // The playground signs by way of the AWS client, which would say here that it prefers a newer Node.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const originals = options.originals ?? join(root, 'build/samples')
  if (options.originals) await expectFolder(options.originals)
  await announce('building and synthesizing', buildAll)
  if (!options.originals) await announce('preparing sample pictures', () => prepareSamples(originals))
  const edge = await startEdge({
    ...options,
    originals,
    watchOriginals: true,
    externalS3: readExternalS3(process.env),
    keyValueStoreFile: accessFile,
    lambdaLog: openLambdaLog(),
    openOwnPages: openPlayground,
  })
  greet(edge, originals, await listOpenOriginals(edge, originals), options)
  if (options.watch) watchSources(edge, say)
  if (options.open) openBrowser(edge.url + ownPath, say)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void edge.close().finally(() => process.exit()))
  }
}

/** All of the Lambda's log goes to a file, begun anew; the terminal shows only what went wrong. */
function openLambdaLog(): Log {
  const write = openLogFile(lambdaLogFile, say)
  return (line, stream) => {
    write(line, stream)
    logErrors(line, stream)
  }
}

async function expectFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) throw new Error(`--originals: expected a folder but received ${folder}`)
}

/** Runs `work`, saying so before and how long it took after. */
async function announce(what: string, work: () => Promise<unknown>): Promise<void> {
  const startedAt = performance.now()
  process.stdout.write(`${what} … `)
  await work()
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The keys of the originals in `folder` that anyone may have, by the settings that the playground tells. */
async function listOpenOriginals(edge: Edge, folder: string): Promise<string[]> {
  const answer = await fetch(`${edge.url}${ownPath}api/setup`)
  const { access } = (await answer.json()) as { access: [prefix: string, mode: string][] }
  return (await listOriginals(folder)).filter((key) => isForAnyone(key, access))
}

/** @param keys of the originals that URLs are suggested of. */
function greet(edge: Edge, folder: string, keys: readonly string[], options: EdgeOptions): void {
  say(`\n  ${edge.url}${ownPath}\n      the playground: try every parameter, and see what the edge decides\n`)
  say(`Fovea serves ${folder}\n`)
  for (const { url, what } of suggestUrls(keys)) say(`  ${edge.url}${url}\n      ${what}`)
  say(`\n  curl -I any of them to see the cache key, the variant and whether it was a hit`)
  say(`  ${edge.url}/_fovea/stats counts what happened`)
  say(
    `  npx fovea keys new --local makes a key to sign with; npx fovea explain URL tells what becomes of one`,
  )
  say(`  ${relative(root, lambdaLogFile)} has a line of each run of the transformer`)
  say(`  change an original, and its variants are new some seconds later, as on AWS`)
  say(`\n${options.watch ? 'Watching the code. ' : ''}Ctrl-C stops.`)
}

function readExternalS3(environment: NodeJS.ProcessEnv): EdgeSettings['externalS3'] {
  const { FOVEA_S3_ENDPOINT, IMAGE_BUCKET, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environment
  if (!FOVEA_S3_ENDPOINT) return undefined
  if (!IMAGE_BUCKET || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error(
      'FOVEA_S3_ENDPOINT: expected IMAGE_BUCKET, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY with it',
    )
  }
  return {
    endpoint: FOVEA_S3_ENDPOINT,
    bucket: IMAGE_BUCKET,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  }
}
