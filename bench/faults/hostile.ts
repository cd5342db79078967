import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { seededRandom } from '../../edge/samples/grain.ts'
import { drawOriginal } from './targets.ts'

/** An original that means harm, or is broken. */
export interface HostileImage {
  /** Name of a file. */
  name: string
  bytes: Buffer
}

/** Changed copies of a picture of each format. */
const mutantsOfEach = 4

/** Bytes of one that are changed. */
const changedBytes = 12

/**
 * Hostile originals: broken, lying, too large, mutated at random from a seed, and such as are in `hostile/` of the folder that
 * FOVEA_SHARED names.
 */
export async function collectHostileImages(
  shared = process.env.FOVEA_SHARED,
): Promise<{ images: HostileImage[]; source: string }> {
  const made = await makeHostileImages()
  const folder = shared && join(shared, 'hostile')
  if (!folder || !existsSync(folder)) {
    return { images: made, source: `${made.length} made here; no collection: FOVEA_SHARED names none` }
  }
  const collected = readdirSync(folder)
    .filter((name) => /\.(?:avif|bin|gif|heif|jpe?g|png|ppm|svg|tif|webp)$/.test(name))
    .map((name) => ({ name: `collected-${name}`, bytes: readFileSync(join(folder, name)) }))
  return {
    images: [...made, ...collected],
    source: `${made.length} made here, ${collected.length} of a collection`,
  }
}

async function makeHostileImages(): Promise<HostileImage[]> {
  const jpeg = await drawOriginal(7)
  const [png, webp, gif, avif] = await Promise.all([
    sharp(jpeg).resize(300).png().toBuffer(),
    sharp(jpeg).resize(300).webp().toBuffer(),
    sharp(jpeg).resize(300).gif({ effort: 1 }).toBuffer(),
    sharp(jpeg).resize(300).avif({ effort: 0 }).toBuffer(),
  ])
  const wide = { width: 12_000, height: 12_000, channels: 3, background: 'white' } as const
  const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content) })
  const random = seededRandom(1)
  const pictures = { jpg: jpeg, png, webp, gif, avif }
  const svg = (content: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">${content}</svg>`
  return [
    { name: 'empty.jpg', bytes: Buffer.alloc(0) },
    { name: 'one-byte.jpg', bytes: Buffer.from([0xff]) },
    text('page.png', '<!doctype html><script>alert(1)</script>'),
    { name: 'noise-behind-a-head.jpg', bytes: Buffer.concat([jpeg.subarray(0, 300), noise(4000, random)]) },
    {
      name: 'page-behind-a-picture.jpg',
      bytes: Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')]),
    },
    {
      name: 'huge.png',
      bytes: await sharp({ create: wide, limitInputPixels: false })
        .png({ palette: true, colours: 2 })
        .toBuffer(),
    },
    text(
      'laughs.svg',
      `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}"><!ENTITY d "${'&c;'.repeat(50)}">]>${svg('<text>&d;</text>')}`,
    ),
    text(
      'reads-files.svg',
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text y="20">&x;</text>')}`,
    ),
    text('calls-out.svg', svg('<image href="http://127.0.0.1:9/x.png" width="90" height="90"/>')),
    text('script.svg', svg('<script>alert(1)</script><rect width="50" height="50"/>')),
    ...Object.entries(pictures).flatMap(([extension, bytes]) => [
      { name: `half.${extension}`, bytes: bytes.subarray(0, bytes.length >> 1) },
      ...Array.from({ length: mutantsOfEach }, (_, at) => ({
        name: `mutant-${at}.${extension}`,
        bytes: mutate(bytes, random),
      })),
    ]),
  ]
}

function noise(length: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
}

function mutate(bytes: Buffer, random: () => number): Buffer {
  const changed = Buffer.from(bytes)
  // Behind the signature, or it would be no picture at all.
  for (let at = 0; at < changedBytes; at++) {
    changed[16 + Math.floor(random() * (changed.length - 16))] = Math.floor(random() * 256)
  }
  return changed
}
