import type { Service } from './service.ts'
import { services } from './translate-url.ts'

/** What becomes of every option of every service, in Markdown: the tables of docs/migration.md. */
export function formatRuleTables(shown: readonly Service[] = services): string {
  return shown.map(formatService).join('\n\n')
}

function formatService({ id, title, example, rules, aliases = {} }: Service): string {
  const rows = Object.entries(rules).map(([name, { becomes }]) => {
    const others = Object.entries(aliases).filter(([, full]) => full === name)
    const names = [name, ...others.map(([alias]) => alias)].map((each) => `\`${each}\``)
    return `| ${names.join(', ')} | ${becomes} |`
  })
  return [
    `### ${title}`,
    '',
    `\`--from ${id}\`; for example`,
    '',
    '```text',
    example,
    '```',
    '',
    '| option | becomes |',
    '| --- | --- |',
    ...rows,
  ].join('\n')
}
