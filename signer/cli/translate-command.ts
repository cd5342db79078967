import { readOrigin } from '../base-url.ts'
import { formatRuleTables } from '../translate/rule-tables.ts'
import { services, type Translation, translateUrl } from '../translate/translate-url.ts'
import { checkMeaning } from './check-meaning.ts'
import { type Command, UsageError } from './command.ts'
import { formatTable } from './table.ts'

const ids = services.map(({ id }) => id)

/** `fovea translate`. */
export const translateCommand: Command = {
  name: 'translate',
  purpose: 'Write a URL of another image service as one of Fovea',
  operand: '[URL]',
  options: {
    from: { placeholder: 'SERVICE', text: `${ids.join(', ')} (default: the one whose form URL has)` },
    'base-url': { placeholder: 'URL', text: 'where the images are (default: FOVEA_BASE_URL, else none)' },
    table: { text: 'print what becomes of each option, of SERVICE or of all, in Markdown; without URL' },
  },
  notes: [
    'The URL goes to stdout; what became of each option that is not the same to stderr.',
    'Exit code 1 tells that an option is lost, or that the edge would refuse the URL.',
  ],
  async run(given, context) {
    const from = given.text('from')
    if (from !== undefined && !ids.includes(from)) throw new UsageError(`--from: expected ${ids.join(', ')}`)
    if (given.flag('table')) {
      if (given.operand !== '') throw new UsageError('expected no URL beside --table')
      if (given.flag('json')) throw new UsageError('expected no --json beside --table, which is Markdown')
      context.print(formatRuleTables(services.filter(({ id }) => from === undefined || id === from)))
      return 0
    }
    if (given.operand === '') throw new UsageError('expected URL')
    const translation = translateUrl(given.operand, from)
    if (!translation) throw new Error(`expected a URL of ${from ?? ids.join(', ')} but received another`)
    const baseUrl = given.text('base-url') ?? context.environment.FOVEA_BASE_URL
    const url = `${baseUrl ? readOrigin(baseUrl) : ''}${translation.url}`
    const refusal = findRefusal(url)
    if (given.flag('json')) context.print(JSON.stringify({ ...translation, url, refusal }))
    else {
      context.print(url)
      for (const line of describe(translation)) context.note(line)
      if (refusal) context.note(`refused by the edge: ${refusal}`)
    }
    return refusal || translation.options.some(({ lost }) => lost) ? 1 : 0
  },
}

function findRefusal(url: string): string | undefined {
  try {
    checkMeaning(url)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** What a person should know: lines for the URL, and a table of the options that are not the same. */
function describe({ service, sure, warnings, options }: Translation): string[] {
  const changed = options.filter(({ warning }) => warning !== undefined)
  const rows = changed.map(({ option, value, becomes, lost, warning = '' }) => [
    `${option}=${value}`,
    lost ? `${becomes ? `${becomes}, partly ` : ''}lost` : becomes || 'nothing',
    warning.replaceAll('`', ''),
  ])
  return [
    ...(sure ? [] : [`read as ${service}, which the form of the URL leaves open: --from names another`]),
    ...warnings,
    ...(rows.length > 0 ? [formatTable(rows)] : []),
  ]
}
