import { makeAnimation } from '../../images/animation.ts'
import { drawSvg } from '../../images/drawing.ts'
import { makeIccProfile } from '../../images/icc-profile.ts'
import { embedProfile } from '../../images/jpeg-segments.ts'
import { makePhotograph } from '../../images/photograph.ts'

/** A real file of each kind that is read: a photograph, an animation, a drawing; a few hundred bytes to a few thousand. */
export async function makeSmallFiles(): Promise<Record<string, Buffer>> {
  const photograph = makePhotograph(48, 32)
  const described = photograph.clone().withExif({
    IFD0: { Artist: 'A', Copyright: 'B', Orientation: '6' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
  })
  const drawing = drawSvg(
    'viewBox="0 0 48 32" xmlns:xlink="http://www.w3.org/1999/xlink"',
    `<defs><linearGradient id="a"><stop stop-color="#f00"/><stop offset="1"/></linearGradient>
     <filter id="b"><feGaussianBlur stdDeviation="1"/></filter></defs><style>.c{fill:url(#a)}</style>
     <g class="c" filter="url(#b)"><path d="M0 0L48 0L24 32z"/><use xlink:href="#a"/></g><text y="20">a &amp; b</text>`,
  )
  return {
    jpeg: await described.clone().jpeg().toBuffer(),
    'progressive jpeg': await photograph.clone().jpeg({ progressive: true }).toBuffer(),
    'jpeg with a profile': embedProfile(
      await photograph.clone().jpeg().toBuffer(),
      makeIccProfile('display-p3'),
    ),
    'cmyk jpeg': await photograph.clone().toColourspace('cmyk').jpeg().toBuffer(),
    png: await described.clone().png().toBuffer(),
    'interlaced png of 16 bits': await photograph
      .clone()
      .toColourspace('rgb16')
      .png({ progressive: true })
      .toBuffer(),
    'png with a palette': await photograph.clone().ensureAlpha(0.5).png({ palette: true }).toBuffer(),
    webp: await described.clone().webp().toBuffer(),
    'lossless webp': await photograph.clone().ensureAlpha(0.5).webp({ lossless: true }).toBuffer(),
    'moving webp': await makeAnimation('webp', 24, 16),
    avif: await described.clone().avif().toBuffer(),
    gif: await photograph.clone().gif().toBuffer(),
    'moving gif': await makeAnimation('gif', 24, 16),
    tiff: await described.clone().tiff({ compression: 'lzw' }).toBuffer(),
    'tiled tiff': await photograph
      .clone()
      .tiff({ compression: 'jpeg', tile: true, tileWidth: 16, tileHeight: 16 })
      .toBuffer(),
    svg: drawing,
  }
}
