import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, type Context, type GivenArguments, UsageError } from '../../signer/cli/command.ts'
import { openClient } from '../ask.ts'
import { readBaseUrl } from '../base-url.ts'
import { type ViewerClass, viewerClasses } from '../viewer-class.ts'
import { readWholeOption } from '../whole-option.ts'
import { createProgress, formatCounts, type ProgressStream } from './progress.ts'
import { readTargets } from './read-targets.ts'
import { type Summary, warmCache } from './warm-cache.ts'

/** Failures that are named one by one. */
const maxNamed = 20

/** `npm run warm`, which shows how far it is on `stream`. */
export function createWarmCommand(stream: ProgressStream): Command {
  return {
    name: 'warm',
    start: 'npm run warm --',
    purpose: 'Have variants made before anyone asks for them',
    operand: 'FILE',
    options: {
      base: { placeholder: 'URL', text: 'https://DOMAIN of the deployment (default: FOVEA_BASE_URL)' },
      classes: {
        placeholder: 'LIST',
        text: `of browsers, by what they accept (default ${viewerClasses.join(',')})`,
      },
      rps: { placeholder: 'N', text: 'requests a second at most (default 10)' },
      concurrency: {
        placeholder: 'N',
        text: 'requests at a time at most (default 4: a new account runs 10 Lambdas at a time, and viewers need some)',
      },
      retries: { placeholder: 'N', text: 'of a request, after 429, 503 or no answer (default 4)' },
    },
    notes: [
      'FILE has a line for each image: a path with its query (/products/chair.jpg?width=800), or a URL of the deployment, signed where that is needed. # begins a comment.',
      'What is made is then in Origin Shield, and in the cache nearest to this machine; other places fetch it from there, without a run of the Lambda.',
      '429 and 503 are asked again, after Retry-After, else after 1, 2, 4, 8 s, and all requests wait as long. 20 errors and nothing else end it.',
    ],
    async run(given, context) {
      const base = readBase(given, context)
      const classes = readClasses(given.text('classes') ?? viewerClasses.join(','))
      const perSecond = readWholeOption(given, 'rps', 10, 1, 1000)
      const concurrency = readWholeOption(given, 'concurrency', 4, 1, 256)
      const retries = readWholeOption(given, 'retries', 4, 0, 10)
      const targets = readTargets(await readFile(resolve(context.folder, given.operand), 'utf8'), base)
      if (targets.length === 0) throw new Error(`${given.operand}: expected at least one URL but found none`)
      const client = openClient(concurrency)
      const startedAt = context.now()
      try {
        const summary = await warmCache(targets, {
          classes,
          perSecond,
          concurrency,
          retries,
          client,
          clock: { now: context.now, sleep: (ms) => sleep(ms) },
          tell: createProgress(stream),
        })
        report(summary, (context.now() - startedAt) / 1000, given, context)
        return summary.failures.length === 0 ? 0 : 1
      } finally {
        client.close()
      }
    },
  }
}

function report(summary: Summary, seconds: number, given: GivenArguments, { print, note }: Context): void {
  const { failures, retries, total, hits, misses, bytes } = summary
  if (given.flag('json')) {
    print(JSON.stringify({ total, hits, misses, errors: failures.length, bytes, retries, seconds, failures }))
    return
  }
  for (const { line, url, class: viewer, received } of failures.slice(0, maxNamed)) {
    note(`✗ line ${line}, ${viewer}: expected 200 but received ${received} for ${url}`)
  }
  if (failures.length > maxNamed) note(`✗ and ${failures.length - maxNamed} more (--json lists all)`)
  print(`${formatCounts(summary)} in ${seconds.toFixed(1)} s, ${retries} asked again`)
}

function readBase(given: GivenArguments, { environment }: Context): string {
  const base = given.text('base') ?? environment.FOVEA_BASE_URL
  if (!base) throw new UsageError('expected --base or FOVEA_BASE_URL')
  return readBaseUrl('--base', base)
}

function readClasses(text: string): ViewerClass[] {
  return text.split(',').map((name) => {
    const viewer = viewerClasses.find((each) => each === name.trim())
    if (viewer) return viewer
    throw new UsageError(`--classes: expected some of ${viewerClasses.join(',')} but received ${text}`)
  })
}
