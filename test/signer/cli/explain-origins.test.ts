import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { explain, originsOf } from './explained.ts'
import { removeFolders } from './run.ts'

after(removeFolders)

suite('fovea explain', () => {
  const origins: [string, readonly string[], string[]][] = [
    [
      '/a.jpg?w=300&q=80&v=2&utm_source=x',
      [],
      [
        'width w=300 320 alias ladder',
        'format – auto.avif hint negotiated',
        'quality q=80 high alias tier',
        'version v=2 – alias not-unsigned',
        'utm_source utm_source=x – given unknown',
      ],
    ],
    [
      '/open/a.jpg?width=300&dpr=1.5&ar=16:9&fit=crop&bg=fff&page=0&key=open/a.jpg',
      ['--accept', 'image/webp'],
      [
        'width width=300 450 given multiplied',
        'height – 253 derived aspect',
        'aspect ar=16:9 – alias respelt sides',
        'dpr dpr=1.5 – given sides',
        'fit fit=crop – given respelt is-default',
        'background bg=fff ffffff alias respelt',
        'format – auto.webp hint negotiated',
        'page page=0 0 given',
        'key key=open/a.jpg – given place',
      ],
    ],
    [
      '/open/a.jpg?preset=card&w=200&gravity=n&fm=JPG&q=auto',
      ['--header', 'Save-Data: on'],
      [
        'width w=200 200 alias overrides',
        'height – 150 derived aspect',
        'aspect – – preset sides',
        'fit – – preset is-default',
        'gravity gravity=n north given respelt',
        'format fm=JPG jpeg alias respelt',
        'quality q=auto low alias saving',
        'preset preset=card – given expanded',
      ],
    ],
    [
      '/a.jpg?width=auto',
      ['--header', 'cloudfront-is-mobile-viewer: true', '--header', 'save-data: on', '--accept', '*/*'],
      ['width width=auto 640 given viewport', 'format – auto hint negotiated', 'quality – low hint saving'],
    ],
    ['/a.jpg', [], ['width – 1280 default largest', 'format – auto.avif hint negotiated']],
    [
      '/a.jpg?w=310&h=175',
      [],
      ['width w=310 320 alias ladder', 'height h=175 180 alias ratio', 'format – auto.avif hint negotiated'],
    ],
    [
      '/open/a.jpg?rev=1&width=800&format=auto.webp',
      [],
      ['width width=800 800 given', 'format format=auto.webp auto.webp given'],
    ],
    [
      '/private/a.jpg?preset=card&dpr=2&exp=1',
      [],
      [
        'width – – preset',
        'aspect – – preset',
        'dpr dpr=2 – given sides',
        'fit – – preset',
        'preset preset=card – given expanded',
        'exp exp=1 – given proof',
      ],
    ],
    [
      '/a.jpg?gravity=north&fit=fill',
      [],
      [
        'width – 1280 default largest',
        'fit fit=fill – given no-effect',
        'gravity gravity=north – given no-effect',
        'format – auto.avif hint negotiated',
      ],
    ],
  ]
  for (const [url, argv, expected] of origins) {
    test(`tells where each parameter of ${url} comes from`, async () => {
      const { explanation } = await explain(url, argv)
      assert.deepEqual(originsOf(explanation), expected)
    })
  }
})
