import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { services, translateUrl } from '../../../signer/translate/translate-url.ts'
import { askEdge, signedOnly } from '../test-signer.ts'

const base64 = (request: object) => Buffer.from(JSON.stringify(request)).toString('base64')
const host = 'https://d111111abcdef8.cloudfront.net'

/** By service: a URL of it, what it becomes, and the options that are lost. */
const cases: Readonly<
  Record<string, readonly (readonly [url: string, becomes: string, ...lost: string[]])[]>
> = {
  'aws-samples': [
    [`${host}/images/rio/1.jpeg?format=auto&width=300`, '/images/rio/1.jpeg?width=300&format=auto'],
    [
      `${host}/images/rio/1.jpeg/format=webp,width=300,quality=80`,
      '/images/rio/1.jpeg?width=300&format=webp&quality=80',
    ],
    [`${host}/images/rio/1.jpeg/original`, '/images/rio/1.jpeg'],
    ['/a%20b.jpg?height=20&format=svg', '/a%20b.jpg?height=20', 'format'],
    ['/a.jpg?width=300px', '/a.jpg', 'width'],
  ],
  'dit-query': [
    [
      `${host}/a.jpg?width=300&height=200&fit=contain&grayscale=true`,
      '/a.jpg?width=300&height=200&fit=contain&greyscale=1',
    ],
    ['/a.jpg?flip=true&flop=true&rotate=90', '/a.jpg?rotate=90&flip=hv'],
    ['/a.jpg?flop=true&flip=false', '/a.jpg?flip=h'],
    ['/a.jpg?width=0&height=200&dpr=2&greyscale=false', '/a.jpg?height=200&dpr=2'],
    ['/a.jpg?rotate=45&width=8&signature=abc', '/a.jpg?width=8', 'rotate', 'signature'],
  ],
  'dit-base64': [
    [
      `${host}/${base64({
        bucket: 'b',
        key: 'p/é.jpg',
        outputFormat: 'webp',
        edits: {
          resize: { width: 300, height: 200, fit: 'cover', position: 'right top' },
          flip: true,
          tint: { r: 255, g: 128, b: 0 },
          webp: { quality: 70 },
        },
      })}`,
      '/p/%C3%A9.jpg?width=300&height=200&fit=cover&gravity=northeast&flip=v&tint=ff8000&format=webp&quality=70',
    ],
    [
      `/${base64({ key: 'a.jpg', edits: { resize: { width: 8, background: { r: 0, g: 0, b: 0, alpha: 0.5 } }, smartCrop: { faceIndex: 1 }, roundCrop: true } })}`,
      '/a.jpg?width=8&gravity=attention&background=00000080&radius=max',
    ],
    [
      `/${base64({ key: 'a.jpg', edits: { blur: 2, overlayWith: { bucket: 'b', key: 'k' }, negate: true, rotate: null } })}`,
      '/a.jpg?blur=2',
      'edits.overlayWith.bucket',
      'edits.overlayWith.key',
      'edits.negate',
    ],
  ],
  imgix: [
    ['https://e.imgix.net/a.jpg?w=800&h=600', '/a.jpg?width=800&height=600&fit=inside'],
    [
      'https://e.imgix.net/a.jpg?w=800&ar=16:9&fit=crop&crop=top,left&fm=pjpg&q=70',
      '/a.jpg?width=800&aspect=16-9&fit=cover&gravity=northwest&format=jpeg&quality=70',
    ],
    [
      'https://e.imgix.net/a.jpg?w=80&h=80&fit=crop&crop=focalpoint&fp-x=0.25&fp-y=0.8',
      '/a.jpg?width=80&height=80&fit=cover&gravity=0.25_0.80',
    ],
    [
      'https://e.imgix.net/a.jpg?rect=10,20,300,400&sat=-100&rot=90&flip=h',
      '/a.jpg?crop=10_20_300_400&rotate=90&flip=h&saturation=0',
    ],
    [
      'https://e.imgix.net/a.jpg?mask=corners&corner-radius=20&page=2&bg=fff',
      '/a.jpg?background=ffffff&radius=20&page=1',
    ],
    [
      'https://e.imgix.net/a.jpg?auto=format,compress,redeye&ar=2:1&txt=Hi&s=ab',
      '/a.jpg',
      'auto',
      'ar',
      'txt',
      's',
    ],
    ['https://e.imgix.net/a.jpg?w=0.5&blur=200&unheard-of=1', '/a.jpg', 'w', 'blur', 'unheard-of'],
  ],
  cloudinary: [
    ['https://res.cloudinary.com/demo/image/upload/a.jpg', '/a.jpg'],
    [
      'https://res.cloudinary.com/demo/image/upload/c_fill,g_north_east,w_300,h_200,q_auto:best/v12/p/a.jpg',
      '/p/a.jpg?width=300&height=200&fit=cover&gravity=northeast&quality=high&version=12',
    ],
    [
      'https://res.cloudinary.com/demo/image/upload/w_300,h_200/a.jpg',
      '/a.jpg?width=300&height=200&fit=fill',
    ],
    [
      'https://res.cloudinary.com/demo/image/upload/c_crop,x_10,y_20,w_300,h_200/a.jpg',
      '/a.jpg?crop=10_20_300_200',
    ],
    [
      'https://res.cloudinary.com/demo/image/upload/a_hflip/r_max,e_grayscale,b_rgb:ff0000/fl_attachment/a.jpg',
      '/a.jpg?flip=h&background=ff0000&radius=max&greyscale=1&download=1',
    ],
    [
      'https://res.cloudinary.com/demo/image/fetch/f_auto,w_80/https://example.com/p/a.jpg',
      '/p/a.jpg?width=80&format=auto',
    ],
    [
      'https://res.cloudinary.com/demo/image/upload/s--abcdef12--/e_sepia,l_logo,c_crop,w_8/w_9/a.jpg',
      '/a.jpg?width=8',
      's',
      'e',
      'l',
      'c',
      'w',
    ],
  ],
  cloudflare: [
    [
      'https://example.com/cdn-cgi/image/width=80,height=60,quality=75/p/a.jpg',
      '/p/a.jpg?width=80&height=60&fit=inside&quality=75',
    ],
    [
      '/cdn-cgi/image/fit=cover,w=80,h=60,g=0.3x0.7,f=webp,anim=false/p/a.gif',
      '/p/a.gif?width=80&height=60&fit=cover&gravity=0.30_0.70&format=webp&animated=0',
    ],
    [
      '/cdn-cgi/image/width=auto,metadata=keep,background=%23fff/https://x.example/a.jpg?v=1',
      '/a.jpg?width=auto&background=ffffff&metadata=all',
    ],
    ['https://imagedelivery.net/AbC/083eb7b2/thumbnail', '/083eb7b2?preset=thumbnail'],
    ['https://imagedelivery.net/AbC/083eb7b2/w=400,sharpen=3', '/083eb7b2?width=400&sharpen=3'],
    ['/cdn-cgi/image/onerror=redirect,gamma=2,w=8/a.jpg', '/a.jpg?width=8', 'onerror', 'gamma'],
  ],
  imgproxy: [
    [
      'https://i.example/insecure/rs:fill:300:200:1/g:no/plain/s3://b/p/a.jpg@avif',
      '/p/a.jpg?width=300&height=200&fit=cover&gravity=north&enlarge=1&format=avif',
    ],
    [
      `/unsafe/s:300:200/bg:255:0:128/${Buffer.from('https://x.example/p/a.jpg').toString('base64url')}.png`,
      '/p/a.jpg?width=300&height=200&fit=inside&background=ff0080&format=png',
    ],
    [
      '/_/rs:auto:0:200/fl:1:1/rot:180/bl:2/pd:10/cb:7/plain/local:///p%2Fa.jpg',
      '/p/a.jpg?height=200&fit=cover&rotate=180&flip=hv&pad=10&blur=2&version=7',
    ],
    [
      '/AfrOrF3gWeDA6VOl/g:no:5:0/pd:1:2/wm:0.5/c:10:20/q:0/plain/a.jpg',
      '/a.jpg?gravity=north',
      'g',
      'pd',
      'wm',
      'c',
      'signature',
    ],
  ],
}

suite('translateUrl', () => {
  for (const service of services) {
    const own = cases[service.id] ?? []
    test(`has cases for ${service.id}`, () => assert.ok(own.length >= 3))
    for (const [url, becomes, ...lost] of own) {
      test(`writes of ${service.id} ${url.slice(0, 120)}`, () => {
        const translation = translateUrl(url, service.id)
        assert.equal(translation?.url, becomes)
        assert.deepEqual(
          translation?.options.filter((each) => each.lost).map(({ option }) => option),
          lost,
        )
        assert.ok(translation?.options.every(({ lost: isLost, warning }) => !isLost || warning))
      })
    }

    test(`finds by itself that ${service.example.slice(0, 60)}… is of ${service.id}`, () => {
      assert.equal(translateUrl(service.example)?.service, service.id)
    })

    test(`writes for ${service.id} what the edge takes`, () => {
      for (const [, becomes] of own.filter(([, each]) => !each.includes('preset='))) {
        const { url, refusal } = askEdge(becomes, { settings: { ...signedOnly, access: [['', 'open']] } })
        assert.ok(url && !refusal, `${becomes} ${JSON.stringify(refusal)}`)
      }
    })
  }

  test('says of each option what became of it, whatever it holds', () => {
    const names = services.flatMap(({ rules, aliases = {} }) => [
      ...Object.keys(rules),
      ...Object.keys(aliases),
    ])
    const pair = fc.tuple(
      fc.oneof(
        fc.constantFrom(...names, '__proto__', 'constructor'),
        fc.string({ minLength: 1, maxLength: 6 }),
      ),
      fc.oneof(
        fc.constantFrom('1', '80', 'crop', 'true', 'auto', '16:9', 'fp:0.2:0.3'),
        fc.string({ maxLength: 8 }),
      ),
    )
    fc.assert(
      fc.property(
        fc.constantFrom('imgix', 'dit-query', 'aws-samples'),
        fc.array(pair, { maxLength: 8 }),
        (id, pairs) => {
          const query = new URLSearchParams(pairs).toString()
          const translation = translateUrl(`/a.jpg?${query}`, id)
          assert.deepEqual(
            translation?.options.map(({ option, value }) => [option, value]),
            [...new URLSearchParams(query)],
          )
          for (const { lost, becomes, warning } of translation?.options ?? []) {
            assert.ok(!lost || warning)
            // What is kept is in the URL, but for what the two sides alone decide.
            for (const each of lost || becomes === '' ? [] : becomes.split(', ')) {
              const name = each.replace(/=.*/s, '')
              assert.ok(new URLSearchParams(translation?.url.replace(/^[^?]*/, '')).has(name), each)
            }
          }
        },
      ),
    )
  })

  for (const [url, from] of [
    ['/a.jpg', 'cloudinary'],
    ['/not-base64', 'dit-base64'],
    [`/${base64({ edits: {} })}`, 'dit-base64'],
    ['/cdn-cgi/image/w=8', 'cloudflare'],
    ['/insecure/rs:fill:1:1/bm90IGEgdXJs', 'imgproxy'],
  ] as const) {
    test(`finds no URL of ${from} in ${url}`, () => assert.equal(translateUrl(url, from), undefined))
  }

  test('is not sure of a query that several have', () => {
    const { service, sure } = translateUrl('/a.jpg?width=8') ?? {}
    assert.deepEqual([service, sure], ['aws-samples', false])
    assert.equal(translateUrl('/a.jpg?width=8&flop=true')?.sure, true)
  })
})
