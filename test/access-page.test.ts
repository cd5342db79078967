import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { viewers } from '../docs/examples.ts'
import { decide, examine } from '../grammar/decide.ts'
import { defaultSettings } from '../grammar/default-settings.ts'
import { countReach, listReach } from '../grammar/reach.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { readText } from './project-files.ts'

const page = readText('docs/access.md')

/** The rows of the table whose head begins with `head`, as cells without back ticks. */
function readTable(head: string): string[][] {
  const [, body = ''] = page.split(`\n| ${head}`)
  const rows = body.slice(0, body.indexOf('\n\n')).split('\n').slice(2)
  return rows.map((row) =>
    row
      .replaceAll('`', '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** What a stranger is answered, in the words of the page. */
function answer(query: string): { canonical?: string; refusal?: Rejection } {
  const headers: Readonly<Record<string, string>> = viewers['AVIF viewer']
  const decision = examine('/products/chair.jpg', query, 0, defaultSettings)
  decide(decision, '/products/chair.jpg', (name) => headers[name] ?? '', undefined, defaultSettings)
  return { canonical: decision.url?.query, refusal: decision.refusal as Rejection | undefined }
}

suite('docs/access.md', () => {
  const rows = readTable('`/products/chair.jpg?…`')

  test('shows what strangers may and may not', () => {
    assert.ok(rows.length >= 7 && rows.some(([, told]) => told?.startsWith('403')))
  })

  for (const [query = '', told = ''] of rows) {
    test(`tells rightly what becomes of ${query}`, () => {
      const { canonical, refusal } = answer(query)
      if (!refusal) return assert.equal(told.replace(/ \(.*/, ''), canonical)
      const { status, code, parameter, expected, received } = refusal
      const [, head, wanted = ''] = /^(.*?): expected (.*)$/.exec(told) ?? []
      assert.equal(head, `${status} ${code}, ${parameter}`)
      if (wanted.startsWith('a pattern')) assert.ok(wanted.endsWith(`received ${received}`))
      else assert.equal(wanted, expected)
    })
  }

  test('counts what strangers can reach', () => {
    const { shapes, encodings } = listReach('', defaultSettings)
    const all = countReach(defaultSettings).toLocaleString('en')
    assert.ok(page.includes(`${all} with the default settings`))
    assert.ok(page.includes(`${shapes.size.toLocaleString('en')} sizes and crops`))
    assert.ok(page.includes(`in ${encodings.size} formats and\nqualities`))
    assert.ok(readText('README.md').includes(`${all} by default`))
  })

  test('has a test for each attack', () => {
    const attacks = readTable('attack')
    assert.ok(attacks.length >= 15)
    // That each link leads somewhere is tested for every page.
    for (const [attack, , shown] of attacks)
      assert.match(shown ?? '', /\]\(\.\.\/test\/.*\.test\.ts\)/, attack)
  })
})
