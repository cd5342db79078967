import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { formatErrorsPage } from './errors-page.ts'
import { formatParameterTable } from './parameter-table.ts'
import { formatSettingsPage } from './settings-page.ts'
import { formatSigningVectors } from './signing-vectors.ts'
import { formatUrlPage } from './url-page.ts'

/** A file that is written from the tables in `grammar/` and the docstrings of the settings, or a part of one. */
interface GeneratedFile {
  /** From the project's root. */
  path: string
  /** Its text, from the text that it has. */
  format: (current: string) => string
}

export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'docs/url.md', format: formatUrlPage },
  { path: 'docs/errors.md', format: formatErrorsPage },
  { path: 'docs/settings.md', format: formatSettingsPage },
  { path: 'docs/signing-vectors.json', format: formatSigningVectors },
  { path: 'README.md', format: (current) => replacePart(current, 'parameters', formatParameterTable()) },
]

/** The paths of the files that are not as they would be written now. */
export function findOutdated(): string[] {
  return generatedFiles.filter((file) => read(file) !== file.format(read(file))).map(({ path }) => path)
}

/** Writes all of {@link generatedFiles}. */
function generate(): void {
  for (const file of generatedFiles) writeFileSync(resolve(file), file.format(read(file)))
}

/**
 * `text` with `part` between the comments `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws Error where they are not there.
 */
function replacePart(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`expected ${start} and ${end} in README.md but found them not`)
  // The empty lines keep the comments from being read as parts of the table.
  return `${text.slice(0, from + start.length)}\n\n${part}\n\n${text.slice(to)}`
}

function read(file: GeneratedFile): string {
  return existsSync(resolve(file)) ? readFileSync(resolve(file), 'utf8') : ''
}

function resolve({ path }: GeneratedFile): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) {
    const outdated = findOutdated()
    for (const path of outdated) console.error(`${path} is out of date: run \`npx tsx docs/generate.ts\``)
    process.exitCode = outdated.length > 0 ? 1 : 0
  } else {
    generate()
  }
}
