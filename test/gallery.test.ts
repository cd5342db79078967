import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import sharp from 'sharp'
import { pictured } from '../docs/examples.ts'
import { createExhibitor } from '../gallery/exhibit.ts'
import { type GallerySummary, makeGallery } from '../gallery/make-gallery.ts'
import { findMissing } from '../gallery/missing.ts'
import { parameters } from '../grammar/parameters.ts'
import { makePhotograph } from './images/photograph.ts'

const examples = Object.values(pictured).flat()

suite('findMissing', () => {
  test('misses nothing of the language', () => assert.deepEqual(findMissing(), []))

  test('misses every parameter that changes pixels where there are no examples', () => {
    const missing = findMissing({})
    const changing = parameters.slice(
      0,
      parameters.findIndex(({ name }) => name === 'format'),
    )
    for (const { name } of changing) assert.ok((missing as string[]).includes(name), name)
  })

  test('takes an alias for its parameter', () => {
    assert.ok(!findMissing({ one: [{ request: '/p/chair.jpg?w=1' }] }).includes('width'))
  })
})

suite('the gallery', () => {
  let folder: string
  let summary: GallerySummary
  let page: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fovea-gallery-'))
    // Small, for time: every request must do with a photograph of 800 pixels.
    const image = join(folder, 'photograph.jpg')
    await writeFile(image, await makePhotograph(800, 600).jpeg().toBuffer())
    summary = await makeGallery(join(folder, 'gallery'), image)
    page = await readFile(summary.page, 'utf8')
  })
  after(() => rm(folder, { recursive: true, force: true }))

  test('shows each example, in a picture or in words', async () => {
    assert.ok(examples.length >= 50)
    assert.equal(summary.exhibits, examples.length)
    assert.equal(page.match(/<article>/g)?.length, examples.length)
    for (const title of Object.keys(pictured)) assert.ok(page.includes(`<h2>${title}</h2>`), title)
  })

  test('names files that are there and can be decoded, none twice, and nothing of the network', async () => {
    const sources = [...page.matchAll(/src="([^"]+)"/g)].map(([, source = '']) => source)
    const own = sources.filter((source) => !source.startsWith('original-'))
    assert.equal(new Set(own).size, own.length)
    const files = await readdir(join(folder, 'gallery'))
    assert.deepEqual(
      [...new Set(sources)].filter((source) => !files.includes(source)),
      [],
    )
    for (const source of new Set(sources))
      await sharp(await readFile(join(folder, 'gallery', source)), { failOn: 'warning' }).stats()
    assert.doesNotMatch(page, /(?:src|href)="(?:https?:)?\/\/|@import|url\(|<script/)
  })

  test('tells of each picture its format, size, bytes and time', () => {
    const facts = page.match(/<p class="facts">.*?<\/p>/g) ?? []
    assert.equal(facts.length, examples.length)
    for (const fact of facts) {
      assert.match(
        fact,
        /<span>(?:(?:AVIF|WebP|JPEG|PNG|GIF)<\/span><span>\d+ × \d+|JSON|TEXT)<\/span><span>[\d.]+ k?B<\/span><span>\d+ ms</,
      )
    }
  })
})

suite('an exhibit', () => {
  test('of a request that is refused fails, and says why', async () => {
    const exhibit = createExhibitor({ x: await makePhotograph(60, 40).jpeg().toBuffer() })
    await assert.rejects(
      exhibit({ request: '/x?width=0' }),
      /expected a picture of \/x\?width=0 but received.*bad-value/,
    )
    await assert.rejects(exhibit({ request: '/y?width=9' }), /missing/)
  })

  test('tells the canonical URL that its viewer would be given', async () => {
    const exhibit = createExhibitor({ x: await makePhotograph(60, 40).jpeg().toBuffer() })
    const { canonical, type, width, height } = await exhibit({ request: '/x?w=30', viewer: 'WebP viewer' })
    assert.match(canonical, /^\/x\?rev=\d+&width=30&format=auto\.webp$/)
    assert.deepEqual([type, width, height], ['image/webp', 30, 20])
  })
})
