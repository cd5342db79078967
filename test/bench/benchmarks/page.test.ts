import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { drawBars } from '../../../bench/benchmarks/bars.ts'
import { formatBenchmarks } from '../../../bench/benchmarks/page.ts'
import { listProjectFiles, readText } from '../../project-files.ts'

const written = formatBenchmarks()
const page = written['docs/benchmarks.md'] ?? ''

suite('docs/benchmarks.md', () => {
  for (const [path, text] of Object.entries(written)) {
    test(`${path} is what \`npm run bench:docs\` writes`, () => assert.equal(readText(path), text))
  }

  test('has a section of every result', () => {
    const results = listProjectFiles().filter((path) => /^bench\/results\/.*\.json$/.test(path))
    assert.ok(results.length >= 3, `${results.length} results`)
    assert.ok((page.match(/^## /gm) ?? []).length >= results.length || page.includes('## Other results'))
  })

  test('begins with figures, each with a command that package.json has', () => {
    const { scripts } = JSON.parse(readText('package.json'))
    const commands = [...page.matchAll(/`npm run ([\w:-]+)/g)].map(([, name = '']) => name)
    assert.ok(commands.length >= 6)
    for (const name of commands) assert.ok(scripts[name], name)
  })

  test('shows every chart that it has', () => {
    for (const path of Object.keys(written).filter((each) => each.endsWith('.svg'))) {
      assert.ok(page.includes(`](${path.replace('docs/', '')})`), path)
    }
  })

  test('has no figure that is missing', () => assert.doesNotMatch(page, /(?<!width=)NaN|undefined|Infinity/))
})

suite('drawBars', () => {
  test('draws bars as long as their values, in XML that renders', async () => {
    const svg = drawBars('a < b & c', [
      { label: 'one', value: 1, text: '1', own: true },
      { label: 'four', value: 4, text: '4' },
    ])
    const widths = [...svg.matchAll(/<rect x="\d+" y="\d+" width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    )
    assert.equal(widths[1], (widths[0] as number) * 4)
    assert.equal((await sharp(Buffer.from(svg)).metadata()).format, 'svg')
  })
})
