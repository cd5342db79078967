import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { cleanCss } from '../../../transformer/vector-pass/clean-css.ts'
import { Unclean } from '../../../transformer/vector-pass/unclean.ts'

const clean = (css: string) => cleanCss(css, () => {})

const pixel = 'data:image/png;base64,iVBORw0KGgo='
const letters = 'data:font/woff2;charset=utf-8;base64,d09GMg=='

suite('cleanCss', () => {
  const cases: readonly (readonly [css: string, cleaned: string])[] = [
    ['red', 'red'],
    ['.a{fill:#f00;stroke:none}', '.a{fill:#f00;stroke:none}'],
    ['translate(1 2) rotate(30)', 'translate(1 2) rotate(30)'],
    ['@keyframes a{to{transform:rotate(1turn)}}', '@keyframes a{to{transform:rotate(1turn)}}'],
    ['url(#a)', 'url(#a)'],
    ["URL( '#a' ) red", 'url(#a) red'],
    [`url('${pixel}')`, `url(${pixel})`],
    [`@font-face{font-family:a;src:url("${letters}")}`, `@font-face{font-family:a;src:url(${letters})}`],
    ['url(http://a.example/)', 'none'],
    ['url( "//a.example/b c" ) red', 'none red'],
    ['url()', 'none'],
    ['url("")', 'none'],
    ['url(data:image/svg+xml;base64,AAAA)', 'none'],
    ['url(data:text/html;base64,AAAA)', 'none'],
    ['url( "#a b" )', 'url("#a b")'],
    ['url(a.svg#b)url(#c)', 'noneurl(#c)'],
    ['/* url(http://a.example) */a{}', '/* none */a{}'],
    ['@import "a.css";b{}', 'b{}'],
    ['@IMPORT url(a.css?b;c) screen ;b{}', 'b{}'],
    ['@import url("a;b");@import \'c;d\';e{}', 'e{}'],
    ['@import url(a.css)', ''],
  ]
  for (const [css, cleaned] of cases) {
    test(`makes ${css} ${cleaned || 'nothing'}`, () => assert.equal(clean(css), cleaned))
  }

  const refused = [
    'u\\72l(http://a.example)',
    '@\\69mport "a"',
    'image-set("http://a.example/a.png" 1x)',
    '-webkit-image-set("a.png" 1x)',
    'image("a.png")',
    'src("a.png")',
    'cross-fade(url(#a), "b")',
    'expression(alert(1))',
    '-moz-binding:none',
    'behavior : none',
    'url(#a',
    'url("a)b")',
    'url(a/*)*/)',
    '@imp@import;ort "a"',
  ]
  for (const css of refused) test(`does not take ${css}`, () => assert.throws(() => clean(css), Unclean))

  test('tells which parts are referred to', () => {
    const found: string[] = []
    cleanCss('.a{fill:url(#b);stroke:url("#c")}.d{fill:url(e#f)}', (id) => found.push(id))
    assert.deepEqual(found, ['b', 'c'])
  })

  test('leaves, of any words in any order, nothing that loads', () => {
    const words = fc.constantFrom(
      ...[
        'url(',
        'URL(',
        ')',
        '"',
        "'",
        '#a',
        'http://a.example',
        pixel,
        '@import',
        '@imp',
        'ort',
        '/*',
        '*/',
        ';',
      ],
      ...[' ', '\n', '{', '}', 'fill:', 'ur', 'l(', 'data:', 'none', '\\', 'image-set(', '(', ','],
    )
    let taken = 0
    fc.assert(
      fc.property(fc.array(words, { maxLength: 24 }), (parts) => {
        const cleaned = cleanOrNothing(parts.join(''))
        if (cleaned === undefined) return
        taken++
        for (const [, link = ''] of cleaned.matchAll(/url\(([\s\S]{0,6})/gi))
          assert.match(link, /^"?(?:#|data:)/)
        assert.doesNotMatch(cleaned, /@import|image-set\(|\\/i)
        assert.equal(
          cleaned.match(/url\(/gi)?.length ?? 0,
          cleaned.match(
            /url\((?:"(?:#|data:image\/png)[^"()]*"|#[\w#.:;,+/=-]*|data:image\/png[\w.:;,+/=-]*)\)/g,
          )?.length ?? 0,
        )
      }),
      { numRuns: 3000 },
    )
    assert.ok(taken > 300, `${taken} taken`)
  })

  // Each would take minutes at a quadratic cost.
  const long = {
    'an url( of spaces': `url(${' '.repeat(3e6)}`,
    'open url(': 'url('.repeat(1e6),
    imports: '@import'.repeat(5e5),
    quotes: '@import "'.repeat(4e5),
  }
  for (const [what, css] of Object.entries(long)) {
    test(`reads millions of ${what} at once`, () => {
      const startedAt = process.cpuUsage()
      cleanOrNothing(css)
      assert.ok(process.cpuUsage(startedAt).user < 5e6)
    })
  }
})

function cleanOrNothing(css: string): string | undefined {
  try {
    return clean(css)
  } catch (error) {
    assert.ok(error instanceof Unclean)
    return undefined
  }
}
