import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cleanSvg, formatSvg } from '../../../transformer/vector-pass/clean-svg.ts'
import { Unclean } from '../../../transformer/vector-pass/unclean.ts'
import { drawSvg } from '../../images/drawing.ts'
import { drawCostly, drawEntityBomb, drawExternalEntity } from '../../images/hostile-svg.ts'

const xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
const pixel = 'data:image/png;base64,iVBORw0KGgo='

/** What is within the root of a document of this content, written anew. */
function clean(content: string, attributes = ''): string {
  const written = formatSvg(cleanSvg(drawSvg(attributes, content)))
  const [, within = written] =
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"([\s\S]*?)<\/svg>$/.exec(written) ?? []
  return within.replace(/^[^>]*>/, '')
}

suite('cleanSvg keeps', () => {
  const kept: Readonly<Record<string, string>> = {
    'shapes and groups':
      '<g transform="translate(1 2)"><path fill="#fff" d="M0 0L1 1z"/><rect width="1" height="2"/></g>',
    'gradients and what uses them':
      '<linearGradient id="a" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="red"/></linearGradient><circle r="1" fill="url(#a)"/>',
    'symbols and what shows them': '<symbol id="s"><path d="M0 0"/></symbol><use href="#s" x="1"/>',
    'text and its parts': '<text x="1">a <tspan dy="1">b &amp; &lt;c&gt; é 😀</tspan></text>',
    'a title and a description': '<title>A &amp; B</title><desc>what it shows</desc>',
    'classes and a style sheet':
      '<style>.a{fill:#f00}@media (min-width:9px){.a{fill:url(#b)}}</style><path class="a" d="M0 0"/>',
    'pixels within it': `<image href="${pixel}" width="1" height="1"/>`,
    'an animation of what is drawn':
      '<circle r="1"><animate attributeName="r" values="1;2" dur="1s" repeatCount="indefinite"/></circle>',
    'a movement along a path': '<g><animateMotion dur="1s"><mpath href="#p"/></animateMotion></g>',
    filters:
      '<filter id="f"><feGaussianBlur stdDeviation="2"/><feMerge><feMergeNode in="a"/></feMerge></filter>',
    'what is said to those who do not see it': '<g role="img" aria-label="a chair"/>',
    'spaces that count': '<text xml:space="preserve">  a  </text>',
    'one of several languages': '<switch><text systemLanguage="de">ja</text><text>yes</text></switch>',
  }
  for (const [what, content] of Object.entries(kept)) test(what, () => assert.equal(clean(content), content))

  test('the attributes of its root', () => {
    const given = 'width="9" height="8" viewBox="0 0 9 8" fill="none" style="color:red"'
    assert.match(formatSvg(cleanSvg(drawSvg(given, ''))), new RegExp(`^<svg xmlns="[^"]+" ${given}></svg>$`))
  })

  test('links of older editors, and their namespace', () => {
    const written = formatSvg(cleanSvg(drawSvg(xlink, '<g id="a"/><use xlink:href="#a"/>')))
    assert.ok(written.includes(xlink) && written.includes('<use xlink:href="#a"/>'), written)
  })

  test('documents of a prefix, of Latin-1, without a namespace, and with entities of plain text', () => {
    const prefixed = '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>'
    const latin =
      '<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>'
    const bare = '<svg><g/></svg>'
    const entity = `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" [
      <!ENTITY ns_svg "http://www.w3.org/2000/svg"> ]><svg xmlns="&ns_svg;"><g/></svg>`
    const written = [prefixed, latin, bare, entity].map((text) =>
      formatSvg(cleanSvg(Buffer.from(text, 'latin1'))),
    )
    const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`
    assert.deepEqual(written, [svg('<g/>'), svg('<text>é</text>'), svg('<g/>'), svg('<g/>')])
  })
})

suite('cleanSvg leaves out', () => {
  const cases: readonly (readonly [what: string, content: string, left: string])[] = [
    ['scripts', '<script>alert(1)</script><g/>', '<g/>'],
    ['scripts of a prefix', '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>', ''],
    ['scripts of HTML', '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>', ''],
    ['scripts in CDATA', '<script><![CDATA[alert(1)]]></script>', ''],
    ['handlers of events', '<g onload="alert(1)" onclick="alert(1)" ONLOAD="x"/>', '<g/>'],
    [
      'HTML',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject>',
      '',
    ],
    [
      'HTML in titles',
      '<title>a<b xmlns="http://www.w3.org/1999/xhtml" onclick="x">c</b></title>',
      '<title>a</title>',
    ],
    ['frames', '<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/>', ''],
    ['links', '<a href="https://example.com/"><text>a</text></a>', '<a><text>a</text></a>'],
    ['links that run', `<a ${xlink} xlink:href="javascript:alert(1)"><g/></a>`, '<a><g/></a>'],
    ['links to itself of a link', '<a href="#a"/>', '<a/>'],
    [
      'pictures elsewhere',
      '<image href="https://example.com/a.png"/><image href="a.png"/>',
      '<image/><image/>',
    ],
    ['files', '<image href="file:///etc/passwd"/><use href="/a.svg#b"/>', '<image/><use/>'],
    ['pictures that are documents', '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', '<image/>'],
    ['documents as data', '<use href="data:image/png;base64,AAAA"/>', '<use/>'],
    ['data that is text', '<image href="data:text/html,&lt;script&gt;"/>', '<image/>'],
    ['parts of other documents', '<use href="https://example.com/a.svg#b"/>', '<use/>'],
    ['paint elsewhere', '<g fill="url(https://example.com/#a)"/>', '<g fill="none"/>'],
    ['another base', '<g xml:base="https://example.com/"/>', '<g/>'],
    ['animations of links', '<a><animate attributeName="href" to="javascript:alert(1)"/></a>', '<a/>'],
    [
      'settings of links',
      '<use href="#a"><set attributeName="xlink:href" to="data:,x"/></use>',
      '<use href="#a"/>',
    ],
    ['settings of handlers', '<g><set attributeName="onclick" to="alert(1)"/></g>', '<g/>'],
    ['animations of nothing', '<g><animate values="1;2"/></g>', '<g/>'],
    [
      'colours of animations elsewhere',
      '<g><set attributeName="fill" to="url(//a.example/#b)"/></g>',
      '<g><set attributeName="fill" to="none"/></g>',
    ],
    ['comments and instructions', '<!-- a --><?xml-stylesheet href="http://a.example/"?><g/>', '<g/>'],
    [
      'what editors note',
      '<metadata><x xmlns="x:y"/></metadata><x:y xmlns:x="x:y"/><g xmlns:x="x:y" x:z="1" data-a="b"/>',
      '<g/>',
    ],
    ['text where none is drawn', '<g>a</g> <g/>\n', '<g/><g/>'],
    [
      'styles elsewhere',
      '<style>@import url("https://a.example/a;b.css");.a{fill:url(//a.example)}</style>',
      '<style>.a{fill:none}</style>',
    ],
    ['elements in styles', '<style>.a{}<g/><![CDATA[.b{}]]></style>', '<style>.a{}.b{}</style>'],
  ]
  for (const [what, content, left] of cases) {
    test(what, () => assert.equal(clean(content).replace(/<\w+:?svg.*/, ''), left))
  }

  test('nothing that could end an element or a value in what it writes', () => {
    const written = formatSvg(
      cleanSvg(drawSvg('', '<g id="&quot;&gt;&lt;script&gt;"/><text>&lt;/text&gt;\x01\ufffe]]&gt;</text>')),
    )
    assert.match(written, /<g id="&quot;&gt;&lt;script&gt;"\/><text>&lt;\/text&gt;]]&gt;<\/text><\/svg>$/)
    assert.equal(formatSvg(cleanSvg(Buffer.from(written))), written)
  })
})

suite('cleanSvg does not take', () => {
  const many = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, at) => make(at)).join('')
  const level = (at: number) => `<g id="l${at + 1}">${`<use href="#l${at}"/>`.repeat(10)}</g>`
  const refused: readonly (readonly [what: string, document: () => Buffer, reason: RegExp])[] = [
    ['what does not end', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g>'), /unclosed/i],
    ['what is no XML', () => Buffer.from('<svg><g a=b/></svg>'), /attribute/i],
    ['a prefix that means nothing', () => drawSvg('', '<use xlink:href="#a"/>'), /namespace/i],
    ['more behind its end', () => Buffer.concat([drawSvg('', ''), Buffer.from('<script/>')]), /root|text/i],
    [
      'bytes that are no UTF-8',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>', 'latin1'),
      /utf-8/,
    ],
    [
      'an encoding that nobody knows',
      () => Buffer.from('<?xml version="1.0" encoding="x-none"?><svg/>'),
      /x-none/,
    ],
    ['entities that grow', drawEntityBomb, /doctype/],
    ['entities of files', () => drawExternalEntity('file:///etc/passwd'), /doctype/],
    ['entities of markup', () => Buffer.from('<!DOCTYPE svg [<!ENTITY a "<g/>">]><svg/>'), /doctype/],
    ['entities of parameters', () => Buffer.from('<!DOCTYPE svg [<!ENTITY % a "b"> %a;]><svg/>'), /doctype/],
    ['elements in a long row', () => drawSvg('', '<g>'.repeat(201) + '</g>'.repeat(201)), /too many/],
    [
      'what is left out in a long row',
      () => drawSvg('', `<x>${'<g>'.repeat(201)}${'</g>'.repeat(201)}</x>`),
      /too many/,
    ],
    ['elements without end', () => drawSvg('', '<g/>'.repeat(100_001)), /too many/],
    ['attributes without end', () => drawSvg('', `<g ${many(201, (at) => `a${at}="" `)}/>`), /attributes/],
    [
      'references that multiply',
      () => drawSvg('', `<g id="l0"/>${many(9, level)}<use href="#l9"/>`),
      /multiply/,
    ],
    [
      'paint that multiplies',
      () =>
        drawSvg(
          '',
          `<pattern id="l0"/>${many(9, (at) => `<pattern id="l${at + 1}">${`<g fill="url(#l${at})"/>`.repeat(10)}</pattern>`)}<g fill="url(#l9)"/>`,
        ),
      /multiply/,
    ],
    [
      'references in a long row',
      () => drawSvg('', `${many(300, (at) => `<use id="l${at}" href="#l${at + 1}"/>`)}`),
      /row/,
    ],
    ['a filter of many steps', drawCostly, /filter/],
    ['escapes in styles', () => drawSvg('', '<style>.a{fill:u\\72l(http://a.example)}</style>'), /escape/],
    ['escapes in values', () => drawSvg('', '<g fill="u\\72l(http://a.example)"/>'), /escape/],
  ]
  for (const [what, document, reason] of refused) {
    test(what, () => {
      const startedAt = process.cpuUsage()
      assert.throws(
        () => cleanSvg(document()),
        (error) => error instanceof Unclean && reason.test(error.message),
      )
      assert.ok(process.cpuUsage(startedAt).user < 5e6, 'takes seconds')
    })
  }

  test('but what refers to itself, or to nothing', () => {
    const content =
      '<g id="a"><use href="#a"/></g><g id="b"><use href="#c"/></g><g id="c"><use href="#b"/></g><use href="#z"/>'
    assert.equal(clean(content), content)
  })
})
