import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { formatCacheTag } from '../../grammar/cache-tag.ts'
import { readText } from '../project-files.ts'

suite('formatCacheTag', () => {
  test('gives the tag that the README shows', () => {
    const tag = formatCacheTag('products/example.jpg')
    assert.equal(tag, 'o-b04d60995d6f7cb0910fd81366c00ddc')
    assert.ok(readText('README.md').includes(tag))
  })

  test('gives what the command in docs/operations.md gives', () => {
    const [, command]: readonly string[] = /^TAG=o-\$\((.*)\)$/m.exec(readText('docs/operations.md')) ?? []
    assert.ok(command)
    for (const key of ['products/chair.jpg', 'café/a+b 100%.jpg']) {
      const spelt: string = command.replace('products/chair.jpg', key)
      const output: string = execFileSync('sh', ['-c', spelt], { encoding: 'utf8' })
      assert.equal(`o-${output.trim()}`, formatCacheTag(key))
    }
  })

  test('is a tag that CloudFront takes, whatever the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        assert.match(formatCacheTag(key), /^o-[0-9a-f]{32}$/)
      }),
    )
  })
})
