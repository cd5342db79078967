import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Interface, type Property, readInterfaces } from './interfaces.ts'
import { code, formatTable } from './markdown.ts'

const folder = fileURLToPath(new URL('../infra/', import.meta.url))

const notice =
  '<!-- Written by docs/generate.ts from the docstrings in infra/*settings.ts: change those, then run `npx tsx docs/generate.ts`. -->'

/** A group of settings: an interface, and where it is. */
interface Group {
  /** `compute`, `storage.archive[]`, `cloudFrontSigned['…']`; '' for the settings themselves. */
  path: string
  text: string
  properties: readonly Property[]
}

/** The text of docs/settings.md. */
export function formatSettingsPage(): string {
  const [root, ...groups] = listSettings()
  if (!root) throw new Error('expected the interface Settings in infra/settings.ts but found none')
  return `# Settings

${notice}

What a deployment says in \`fovea.config.ts\`, or gives to \`new ImagePipeline(this, 'Images', settings)\`. All of it may be left
out: the smallest deployment is \`new ImagePipeline(this, 'Images')\`. A value that could not work, and a name that there is not,
stop the synthesis with \`expected X for NAME but received Y\`.

${formatProperties(root.properties)}
${groups.map(formatGroup).join('')}`
}

/** The settings and their groups, each group after the one that names it. */
export function listSettings(): Group[] {
  const files = readdirSync(folder).filter((name) => /settings\.ts$/.test(name))
  const known = new Map(
    files
      .flatMap((name) => readInterfaces(readFileSync(`${folder}${name}`, 'utf8')))
      .map((each) => [each.name, each]),
  )
  return listGroups(known, 'Settings', '')
}

function listGroups(known: ReadonlyMap<string, Interface>, name: string, path: string): Group[] {
  const own = known.get(name)
  if (!own) return []
  const inherited = own.parents.flatMap((parent) => known.get(parent)?.properties ?? [])
  const properties = [...own.properties, ...inherited].sort((a, b) => (a.name < b.name ? -1 : 1))
  const nested = properties.flatMap((property) => {
    const named = property.type.match(/\w+/g)?.find((word) => known.has(word))
    return named
      ? listGroups(known, named, `${path}${path && '.'}${property.name}${describeKind(property.type)}`)
      : []
  })
  return [{ path, text: own.text, properties }, ...nested]
}

function describeKind(type: string): string {
  if (type.includes('Record<')) return "['…']"
  return type.includes('[]') ? '[]' : ''
}

function formatGroup({ path, text, properties }: Group): string {
  return `\n## ${code(path)}\n\n${text}\n\n${formatProperties(properties)}\n`
}

function formatProperties(properties: readonly Property[]): string {
  return formatTable(
    ['setting', 'is'],
    properties.map(({ name, text }) => [code(name), text]),
  )
}
