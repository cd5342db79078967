import { makeAnimation } from './animation.ts'
import { insertSegment } from './jpeg-segments.ts'
import { makePhotograph } from './photograph.ts'
import { insertChunk } from './png-chunks.ts'

/** What must be seen in no answer. */
export const planted = '<script>alert(document.domain)</script>'

const page = Buffer.from(`--><html><body>${planted}</body></html><!--`)
const small = makePhotograph(48, 32)

/** Pictures that are something else too, to who reads them otherwise. */
export const polyglots: Readonly<Record<string, () => Promise<Buffer>>> = {
  'a JPEG with a page in its comment': async () =>
    insertSegment(await small.clone().jpeg().toBuffer(), 0xfffe, page),
  'a JPEG with a page behind its end': async () =>
    Buffer.concat([await small.clone().jpeg().toBuffer(), page]),
  'a JPEG with a PDF behind its end': async () =>
    Buffer.concat([await small.clone().jpeg().toBuffer(), Buffer.from(`%PDF-1.7\n${planted}\n%%EOF`)]),
  'a JPEG with a page as its EXIF': async () =>
    small
      .clone()
      .withExif({ IFD0: { ImageDescription: planted, Artist: planted } })
      .jpeg()
      .toBuffer(),
  'a PNG with a page in its text': async () =>
    insertChunk(
      await small.clone().png().toBuffer(),
      'tEXt',
      Buffer.concat([Buffer.from('Comment\0'), page]),
    ),
  'a PNG with a page behind its end': async () => Buffer.concat([await small.clone().png().toBuffer(), page]),
  'a GIF that is a script': async () => {
    const gif = await makeAnimation('gif', 24, 16)
    // Its first bytes say GIF89a = 1, to who takes what stands between for a comment.
    return Buffer.concat([gif, Buffer.from(`*/=1;${planted}`)])
  },
  'a WebP with a page behind its end': async () =>
    Buffer.concat([await small.clone().webp().toBuffer(), page]),
  'an AVIF with a page behind its end': async () =>
    Buffer.concat([await small.clone().avif().toBuffer(), page]),
  'a TIFF with a page behind its end': async () =>
    Buffer.concat([await small.clone().tiff().toBuffer(), page]),
  'an SVG with a page in it': async () =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="32"><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">${planted}</body></foreignObject>${planted}<rect width="48" height="32"/></svg>`,
    ),
}
