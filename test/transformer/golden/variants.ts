import { makeTurningAnimation } from '../../images/animation.ts'
import { drawSvg } from '../../images/drawing.ts'
import { addGainMap } from '../../images/gain-map.ts'
import { makeGraphic } from '../../images/graphic.ts'
import { makeIccProfile } from '../../images/icc-profile.ts'
import { embedProfile } from '../../images/jpeg-segments.ts'
import { makePhotograph } from '../../images/photograph.ts'
import { makeOriented } from '../../images/quadrants.ts'
import { drawScene, makeScene, sceneSize } from '../../images/scene.ts'
import { drawMark, markKey } from './mark.ts'

/** Originals of the digests, by key: drawn, each of a kind whose way through the transformer is another. */
export const originals: Readonly<Record<string, () => Promise<Buffer>>> = {
  'photograph.jpg': () => makePhotograph(240, 160).jpeg({ quality: 92 }).toBuffer(),
  'wide.jpg': async () =>
    embedProfile(
      await makePhotograph(240, 160).jpeg({ quality: 92 }).toBuffer(),
      makeIccProfile('display-p3'),
    ),
  'turned.jpg': () => makeOriented(6, 120, 80),
  'bright.jpg': async () => {
    const [jpeg, map] = [makePhotograph(120, 80).jpeg(), makePhotograph(60, 40).greyscale().jpeg()]
    return addGainMap(await jpeg.toBuffer(), await map.toBuffer())
  },
  'cmyk.jpg': () => makePhotograph(120, 80).toColourspace('cmyk').jpeg({ quality: 92 }).toBuffer(),
  'scene.png': () => makeScene().png().toBuffer(),
  'cut-out.png': () => makeScene({ cutOut: true }).png().toBuffer(),
  'framed.png': () => makeScene({ framed: true }).png().toBuffer(),
  'deep.png': () => makePhotograph(120, 80).toColourspace('rgb16').png().toBuffer(),
  'graphic.png': () => makeGraphic(240, 160).png().toBuffer(),
  'moving.gif': () => makeTurningAnimation('gif', 60, 40),
  'moving.webp': () => makeTurningAnimation('webp', 60, 40),
  // A drawing, so that each is drawn anew at its size.
  [markKey]: async () => drawMark(),
  'scene.svg': async () => drawSvg(`width="${sceneSize.width}" height="${sceneSize.height}"`, drawScene()),
}

const formats = ['avif', 'webp', 'jpeg', 'png', 'gif'] as const

/** Requests, without a leading slash, whose bytes are kept count of. */
export const variants: readonly string[] = [
  // Each encoder, over what it does best and worst.
  ...['photograph.jpg', 'cut-out.png', 'graphic.png'].flatMap((key) =>
    formats.map((format) => `${key}?width=120&format=${format}`),
  ),
  ...['avif', 'webp', 'jpeg'].flatMap((format) =>
    ['low', 'high', '90'].map((quality) => `photograph.jpg?width=90&format=${format}&quality=${quality}`),
  ),
  ...['avif', 'webp'].map((format) => `cut-out.png?width=90&format=${format}&lossless=1`),
  // What the transformer chooses, and what it passes on as it is.
  ...['photograph.jpg', 'graphic.png', 'cut-out.png', 'moving.gif'].map((key) => `${key}?width=100`),
  'photograph.jpg',
  'scene.png?width=40',
  ...['photograph.jpg', 'graphic.png', 'moving.webp'].map((key) => `${key}?format=original`),
  // Ways in.
  ...['wide.jpg', 'turned.jpg', 'bright.jpg', 'cmyk.jpg', 'deep.png', 'scene.svg'].map(
    (key) => `${key}?width=72&format=webp`,
  ),
  ...['moving.gif', 'moving.webp'].flatMap((key) =>
    ['webp', 'gif'].map((format) => `${key}?width=30&format=${format}`),
  ),
  'moving.gif?page=1&format=png',
  // What changes pixels, in few combinations: golden.test.ts has each by itself.
  'photograph.jpg?width=90&height=90&gravity=attention&format=jpeg',
  'photograph.jpg?crop=0.25_0.25_0.5_0.5&width=80&format=jpeg',
  'framed.png?trim=10&width=90&format=png',
  'scene.png?width=90&rotate=90&flip=h&format=png',
  'cut-out.png?width=90&pad=8&background=3060c080&format=webp',
  'scene.png?width=90&radius=20&format=webp',
  'photograph.jpg?width=90&blur=3&format=jpeg',
  'photograph.jpg?width=90&sharpen=1.5&format=jpeg',
  'photograph.jpg?width=90&brightness=1.2&contrast=1.1&saturation=1.3&hue=40&format=png',
  'photograph.jpg?width=90&greyscale=1&format=jpeg',
  'photograph.jpg?width=90&tint=ff8000&format=avif',
  // What is laid over them.
  `photograph.jpg?width=90&overlay=${markKey}&overlay-width=40&overlay-gravity=se&overlay-margin=5&format=jpeg`,
  `cut-out.png?width=90&overlay=${markKey}&overlay-opacity=60&format=webp`,
  `moving.gif?overlay=${markKey}&overlay-width=20&overlay-gravity=tile&overlay-margin=10&format=webp`,
  // What is told of them.
  ...['json', 'thumbhash', 'blurhash'].flatMap((format) =>
    ['photograph.jpg', 'cut-out.png'].map((key) => `${key}?format=${format}`),
  ),
]
