import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLambda, type Lambda, type LambdaOptions } from '../../../edge/lambda/lambda.ts'
import { sandboxScript } from '../../../edge/project.ts'
import type { LambdaFunction } from '../../../edge/template/deployment.ts'

const opened: { lambda: Lambda; folder: string }[] = []

/**
 * A Lambda whose handler has this body, with `event` and `context`; closed by {@link closeLambdas}.
 *
 * @param options `module` and `after` are code that stands before and after the handler.
 */
export function openLambda(
  body: string,
  options: Partial<LambdaOptions> &
    Pick<Partial<LambdaFunction>, 'timeoutSeconds'> & {
      module?: string
      after?: string
    } = {},
): Lambda {
  const { module = '', after = '', timeoutSeconds = 5, ...others } = options
  const folder = mkdtempSync(join(tmpdir(), 'fovea-lambda-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}')
  writeFileSync(
    join(folder, 'index.js'),
    `${module}
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
exports.handler = async (event, context) => { ${body} }
${after}`,
  )
  const lambda = createLambda(
    {
      stack: 'Fovea',
      logicalId: 'f',
      folder,
      handler: 'index.handler',
      environment: { FROM_TEMPLATE: 'yes', FROM_BOTH: 'template' },
      memoryMegabytes: 128,
      timeoutSeconds,
      streams: false,
    },
    {
      sandboxScript,
      preload: [],
      environment: { FROM_BOTH: 'options' },
      concurrency: 1000,
      sandboxes: 1,
      ...others,
    },
  )
  opened.push({ lambda, folder })
  return lambda
}

/** Closes every Lambda that was opened and removes its folder. */
export function closeLambdas(): void {
  for (const { lambda, folder } of opened.splice(0)) {
    lambda.close()
    rmSync(folder, { recursive: true })
  }
}

/** Whether a process of this id is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits until `condition` holds, at most two seconds. */
export async function waitFor(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`expected ${what} within 2 s`)
}
