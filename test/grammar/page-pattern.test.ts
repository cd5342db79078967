import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatPagePattern, listPageHosts } from '../../grammar/page-pattern.ts'

suite('listPageHosts', () => {
  for (const hosts of [
    [],
    ['example.com'],
    ['*.example.com'],
    ['a-b_c.example', '*.d.example', 'localhost'],
  ]) {
    test(`gives back ${JSON.stringify(hosts)}`, () => {
      assert.deepEqual(listPageHosts(formatPagePattern(hosts)), hosts)
    })
  }
})
