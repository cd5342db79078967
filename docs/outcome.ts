import { defaultSettings } from '../grammar/default-settings.ts'
import { edgeErrors } from '../grammar/edge-errors.ts'
import { readUrl } from '../grammar/read-url.ts'
import type { Rejection } from '../grammar/rejection.ts'
import type { ResolveSettings } from '../grammar/resolve.ts'
import { formatVariant } from '../grammar/variant.ts'
import { readViewer } from '../grammar/viewer.ts'

/** The settings of the examples: those of a deployment that sets none. */
export const exampleSettings: ResolveSettings = {
  ladder: defaultSettings.ladder,
  aspects: defaultSettings.aspects,
  presets: { card: { width: 300, height: 250, quality: 'high' } },
}

/** What becomes of a request at the edge. */
export type Outcome = { canonical: string } | { rejection: Rejection }

/** What `request` (a path with its query) becomes for a viewer that sends `headers`: the grammar is run. */
export function computeOutcome(request: string, headers: Readonly<Record<string, string>>): Outcome {
  const mark = request.indexOf('?')
  const path = mark < 0 ? request : request.slice(0, mark)
  const query = mark < 0 ? '' : request.slice(mark + 1)
  const viewer = readViewer((name) => headers[name] ?? '')
  try {
    const url = formatVariant(readUrl(path, query, viewer, exampleSettings, false))
    return { canonical: `${url.path}?${url.query}` }
  } catch (thrown) {
    if (isRejection(thrown)) return { rejection: thrown }
    throw thrown
  }
}

/** A defect of the grammar must not become a line of its documentation. */
function isRejection(thrown: unknown): thrown is Rejection {
  return (
    typeof thrown === 'object' && thrown !== null && 'code' in thrown && String(thrown.code) in edgeErrors
  )
}
