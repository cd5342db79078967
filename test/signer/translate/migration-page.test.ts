import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatRuleTables } from '../../../signer/translate/rule-tables.ts'
import { readText } from '../../project-files.ts'
import { run } from '../cli/run.ts'

const page = readText('docs/migration.md')

suite('docs/migration.md', () => {
  test('has the tables that `fovea translate --table` prints', () => {
    const [, tables = ''] = /<!-- tables -->\n\n([\s\S]*?)\n\n<!-- \/tables -->/.exec(page) ?? []
    assert.equal(tables, formatRuleTables())
  })

  test('shows what the command does', async () => {
    const [, url = '', printed] = /^\$ npx fovea translate '([^']+)'\n([\s\S]*?)^```$/m.exec(page) ?? []
    const { out, err, code } = await run(['translate', url])
    assert.equal(out + err, printed)
    assert.equal(code, 1)
  })
})
