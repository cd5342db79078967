import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { formatDisposition } from '../../transformer/disposition.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer } from './run.ts'

const names: readonly (readonly [download: string, key: string, disposition: string])[] = [
  ['1', 'products/chair.jpg', 'filename="chair.webp"'],
  ['1', 'chair', 'filename="chair.webp"'],
  ['1', 'a/chair.v2', 'filename="chair.v2.webp"'],
  ['1', 'a/CHAIR.JPEG', 'filename="CHAIR.webp"'],
  ['1', 'a/.jpg', 'filename="image.webp"'],
  ['1', 'a/two words.png', 'filename="two words.webp"'],
  ['1', 'a/é.jpg', `filename="_.webp"; filename*=UTF-8''%C3%A9.webp`],
  ['1', 'a/日本 (1).jpg', `filename="__ (1).webp"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%20%281%29.webp`],
  ['1', 'a/😀.jpg', `filename="_.webp"; filename*=UTF-8''%F0%9F%98%80.webp`],
  ['1', 'a/"; x="y.jpg', `filename="_; x=_y.webp"; filename*=UTF-8''%22%3B%20x%3D%22y.webp`],
  ['1', 'a/100%41\\.jpg', `filename="100_41_.webp"; filename*=UTF-8''100%2541%5C.webp`],
  ['1', 'a/gpj\u202e.exe.jpg', 'filename="gpj.exe.webp"'],
  ['1', 'a/x\r\ny.jpg', 'filename="xy.webp"'],
  ['seat', 'products/chair.jpg', 'filename="seat.webp"'],
  ['seat.webp', 'products/chair.jpg', 'filename="seat.webp"'],
  ['seat.jpg', 'products/chair.jpg', 'filename="seat.webp"'],
  ['v1.2', 'products/chair.jpg', 'filename="v1.2.webp"'],
]

suite('formatDisposition', () => {
  for (const [download, key, disposition] of names) {
    test(`of ${download} for ${JSON.stringify(key)} is ${disposition}`, () => {
      assert.equal(formatDisposition(download, key, 'webp'), `attachment; ${disposition}`)
    })
  }
})

const { get, pictures } = createTransformer()

before(async () => {
  pictures['a/chair.png'] = await makePhotograph(40, 30).png().toBuffer()
})

suite('a download', () => {
  const endings = { jpeg: 'jpg', png: 'png', webp: 'webp', avif: 'avif', gif: 'gif', auto: 'jpg' } as const
  for (const [format, ending] of Object.entries(endings)) {
    test(`of ${format} ends in .${ending}`, async () => {
      const given = { format: format as keyof typeof endings, width: 20, download: '1' }
      const { headers } = await get('a/chair.png', given)
      assert.equal(headers['content-disposition'], `attachment; filename="chair.${ending}"`)
    })
  }

  test('is only what asks for it', async () => {
    assert.equal((await get('a/chair.png', { format: 'webp' })).headers['content-disposition'], undefined)
  })

  test('that fails is no file', async () => {
    const { status, headers } = await get('missing', { format: 'webp', download: '1' })
    assert.equal(status, 404)
    assert.equal(headers['content-disposition'], undefined)
  })
})
