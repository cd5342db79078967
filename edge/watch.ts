import { join } from 'node:path'
import { watch } from 'chokidar'
import { buildAll } from './build.ts'
import type { Edge } from './edge.ts'
import { buildPlayground } from './playground/build.ts'
import { root } from './project.ts'

/** What a build reads. */
const sources = ['grammar', 'viewer-fn', 'transformer', 'infra', 'edge/lambda/sandbox.ts', 'fovea.config.ts']

/** Milliseconds of quiet before a change is acted on: editors write in several steps. */
const settleMs = 150

/** Builds again and starts with an empty cache when the code changes. Originals are events: `events/original-events.ts`. */
export function watchSources(edge: Edge, say: (line: string) => void): void {
  watch(join(root, 'edge/playground/page'), { ignoreInitial: true }).on(
    'all',
    debounce(async (path) => {
      await buildPlayground()
      say(`${path} changed: the playground is built again, reload it`)
    }, say),
  )
  watch(
    sources.map((source) => join(root, source)),
    { ignoreInitial: true },
  ).on(
    'all',
    debounce(async (path) => {
      say(`${path} changed: building again`)
      await buildAll()
      await edge.reload()
      say('serving the new build, with an empty cache')
    }, say),
  )
}

/** `work` after a moment of quiet; one run at a time, a failure said and survived. */
function debounce(work: (path: string) => Promise<void>, say: (line: string) => void) {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  return (_event: string, path: string) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(() => work(path)).catch((error: unknown) => say(String(error)))
    }, settleMs)
  }
}
