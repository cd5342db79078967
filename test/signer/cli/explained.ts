import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatPagePattern } from '../../../grammar/page-pattern.ts'
import type { Explanation } from '../../../signer/cli/explain-url.ts'
import { signedOnly } from '../test-signer.ts'
import { makeFolder, run } from './run.ts'

const bounded = {
  ...signedOnly,
  access: [
    ['private/', 'signed'],
    ['open/', 'open'],
    ['', 'bounded'],
  ],
  hotlinks: { pages: formatPagePattern(['shop.example.com']).source },
}

/** A folder with settings in JSON. */
export async function writeSettings(settings: object = bounded): Promise<string> {
  const folder = await makeFolder()
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings))
  return folder
}

/** Explains `url` under those settings. */
export async function explain(
  url: string,
  argv: readonly string[] = [],
  environment: Record<string, string> = {},
) {
  const folder = await writeSettings()
  const options = { folder, environment }
  const { code, out, err } = await run(
    ['explain', url, '--config', 'settings.json', '--json', ...argv],
    options,
  )
  assert.equal(err, '')
  const explanation: Explanation = JSON.parse(out)
  return { code, explanation }
}

/** The verdicts, in one text. */
export const verdictsOf = ({ checks }: Explanation) =>
  checks.map(({ check, verdict }) => `${check} ${verdict}`).join(', ')

/** What became of each parameter, one text each. */
export function originsOf({ parameters }: Explanation): string[] {
  return parameters.map(({ name, sent, value, source, changes }) =>
    [name, sent ?? '–', value ?? '–', source, ...changes].join(' '),
  )
}
