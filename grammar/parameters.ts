import { maxSide } from './max-side.ts'
import { row } from './parameter-row.ts'
import type { ValueOf } from './value-kinds.ts'

const side = `1..${maxSide}` as const
const fit = 'inside=scale-down=clip=max cover=crop contain=pad outside fill'
const quality = 'auto low medium high 1..100'
/** In reading order, which the reader of focal points counts on. */
export const compass =
  'northwest=nw north=n northeast=ne west=w centre=center east=e southwest=sw south=s southeast=se'
const gravity = `${compass} attention entropy X_Y<=1` as const
const overlayGravity = `${compass} tile` as const
const background = '00000000=transparent 000000=black ffffff=white hex'

/**
 * The URL language: parser, canonical form, signature, types, documentation and fuzz tests iterate over this table. Its
 * order is the order of canonical URLs and of what is signed, so a new row goes where it should stand.
 */
export const parameters = [
  row('width=w', `auto ${side}`, side, {
    values: '1–8192 px, or `auto`',
    default: 'follows `height`, else the original’s',
    text: 'Width of the picture. `auto` takes it from the client hints Sec-CH-Width, or Sec-CH-Viewport-Width × DPR, or from the kind of device (640 mobile, 1280 tablet, 1920 desktop), up to the next step of the ladder.',
  }),
  row('height=h', side, side, {
    values: '1–8192 px',
    default: 'follows `width`, else the original’s',
    text: 'Height of the picture.',
  }),
  row('aspect=ar', 'W-H<=64', 'W-H<=64', {
    values: '`16-9` or `16:9`, sides 1–64',
    default: 'the original’s',
    text: 'With one side, gives the other; alone, crops the original to that ratio.',
  }),
  row('dpr', 'auto 1..4.00', null, {
    values: '1–4, or `auto`',
    default: '1',
    text: 'Multiplies `width` and `height` at the edge. `auto` takes the hint Sec-CH-DPR, up to the next of 1, 1.5, 2 and 3.',
  }),
  row('fit', fit, fit, {
    values:
      '`inside` (also `scale-down`, `clip`, `max`), `cover` (`crop`), `contain` (`pad`), `outside`, `fill`',
    default: '`cover`',
    text: 'How the picture meets a box of `width` and `height`: within it, filling it by a crop, within it on a background, around it, or stretched. Without two sides there is nothing to fit.',
  }),
  row('gravity=g', gravity, gravity, {
    values:
      '`centre` (also `center`), `north` (`n`), `northeast` (`ne`), … `northwest` (`nw`), `attention`, `entropy`, or a focal point `x_y` as shares of width and height, such as `0.3_0.75`',
    default: 'what the original’s metadata calls its focal point, else `centre`',
    text: 'Which part a crop keeps, or where `contain` places the picture. `attention` looks for skin and saturated colour, `entropy` for detail; both look at the pixels, so only where something is cropped.',
  }),
  row('enlarge', '1', '1', {
    values: '`1`',
    default: 'never larger than the original',
    text: 'Lets the picture grow beyond its own pixels to the size asked for.',
  }),
  row('crop', 'L_T_W_H', 'L_T_W_H', {
    values: '`left_top_width_height` in px of the original, or as decimals from 0 to 1',
    default: 'the whole picture',
    text: 'The part that is used, cut out before everything else: `100_50_800_600`, or `0.25_0.0_0.5_1.0`. It must lie within the picture.',
  }),
  row('trim', '0..100', '0..100', {
    values: '0–100',
    default: 'no edge is cut off',
    text: 'Cuts off an edge of one colour, that of the upper left corner; the number is how much colours may differ. Before `crop`.',
  }),
  row('rotate', '90 180 270', '90 180 270', {
    values: '`90`, `180`, `270`',
    default: 'upright, as the camera says',
    text: 'Turns the picture clockwise, after its own orientation.',
  }),
  row('flip', 'h v hv=vh', 'h v hv=vh', {
    values: '`h`, `v`, `hv`',
    default: 'as it is',
    text: 'Mirrors the picture left to right, upside down, or both.',
  }),
  row('pad', '1..1000', '1..1000', {
    values: '1–1000 px',
    default: 'none',
    text: 'Adds a margin of the background on all sides, beyond the size asked for.',
  }),
  row('background=bg', background, background, {
    values: 'hex of 3, 4, 6 or 8 digits, `black`, `white`, `transparent`',
    default: '`transparent`; white where the format has no transparency',
    text: 'Colour under the picture: what `contain` adds and what transparency shows.',
  }),
  row('radius', 'max 1..4096', 'max 1..4096', {
    values: '1–4096 px, or `max`',
    default: 'square corners',
    text: 'Rounds the corners; `max` makes a circle or a pill. What is cut off is transparent, or the background.',
  }),
  row('blur', '0.3..100.00', '0.3..100.00', {
    values: '0.3–100',
    default: 'sharp',
    text: 'Gaussian blur of this sigma, in pixels of the result.',
  }),
  row('sharpen', '0.1..10.00', '0.1..10.00', {
    values: '0.1–10',
    default: 'as it is',
    text: 'Sharpens with this sigma, in pixels of the result.',
  }),
  row('brightness', '0..10.00', '0..10.00', {
    values: '0–10',
    default: '1',
    text: 'Multiplies brightness.',
  }),
  row('contrast', '0..10.00', '0..10.00', {
    values: '0–10',
    default: '1',
    text: 'Multiplies the distance from middle grey.',
  }),
  row('saturation', '0..10.00', '0..10.00', {
    values: '0–10',
    default: '1',
    text: 'Multiplies saturation.',
  }),
  row('hue', '0..359', '0..359', {
    values: '0–359',
    default: '0',
    text: 'Turns the hue by degrees.',
  }),
  row('greyscale=grayscale', '1', '1', {
    values: '`1`',
    default: 'in colour',
    text: 'Takes the colour away.',
  }),
  row('tint', 'hex', 'hex', {
    values: 'hex of 3 or 6 digits',
    default: 'none',
    text: 'Gives the picture this colour and keeps its lightness.',
  }),
  row('overlay', 'TEXT', 'TEXT', {
    values: 'the key of a picture under the settings’ prefix for them',
    default: 'none',
    text: 'Lays that picture over the finished one, its margins included: a watermark, a logo, a frame. In its own size, but never beyond the picture. Of an animation, its first frame.',
  }),
  row('overlay-width', '1..100', '1..100', {
    values: '1–100 %',
    default: 'its own width',
    text: 'Width of the overlay, in per cent of the picture’s, so that it is as large in each step of a ladder.',
  }),
  row('overlay-gravity', overlayGravity, overlayGravity, {
    values: '`centre`, `north` (`n`), … `northwest` (`nw`), `tile`',
    default: '`centre`',
    text: 'Where the overlay lies; `tile` repeats it over the whole picture.',
  }),
  row('overlay-margin', '1..50', '1..50', {
    values: '1–50 %',
    default: 'none',
    text: 'How far the overlay stays from the edges, or tiles from each other, in per cent of the picture’s shorter side.',
  }),
  row('overlay-opacity', '1..100', '1..100', {
    values: '1–100 %',
    default: '100',
    text: 'How opaque the overlay is, beside its own transparency.',
  }),
  row(
    'format=f=fm',
    'auto avif webp jpeg=jpg png gif original json thumbhash blurhash',
    'auto auto.avif auto.webp avif webp jpeg png gif original json thumbhash blurhash',
    {
      values:
        '`auto`, `avif`, `webp`, `jpeg` (`jpg`), `png`, `gif`, `original`; `json`, `thumbhash`, `blurhash`',
      default: '`auto`',
      text: '`auto` gives the best format that the viewer’s Accept header lists. The canonical URL then holds what it lists, not what is made: an animation is WebP for viewers of AVIF, transparency never becomes JPEG. A vector graphic stays one where nothing else asks for pixels (`docs/svg.md`). `original` is the original’s own format (PNG for TIFF), its pixels as they are, its metadata removed. `json` tells sizes, colours and a placeholder of the original instead of showing it; `thumbhash` and `blurhash` are that placeholder alone.',
    },
  ),
  row('quality=q', quality, quality, {
    values: '`auto`, `low`, `medium`, `high`, 1–100',
    default: '`auto`',
    text: 'One perceptual scale for all formats: 80 looks like JPEG 80 in each. With Save-Data or a slow connection `auto` becomes `low`.',
  }),
  row('lossless', '1', '1', {
    values: '`1`',
    default: 'lossy, where the format can',
    text: 'Keeps every pixel: WebP and AVIF only.',
  }),
  row('animated', '0', null, {
    values: '`0`',
    default: 'an animation stays one where the format can',
    text: '`0` makes a still of the first frame.',
  }),
  row('page', '0..9999', '0..9999', {
    values: '0–9999',
    default: 'all of an animation, the first of a document',
    text: 'Makes a still of this frame, counted from 0.',
  }),
  row('metadata', 'none copyright all', 'none copyright all', {
    values: '`none`, `copyright`, `all`',
    default: '`none`',
    text: 'What the picture tells of its making: nothing, copyright and creator, or all that the original says, its place included.',
  }),
  row('preset', 'TEXT', null, {
    values: 'a name from the settings',
    default: 'none',
    text: 'Stands for the parameters that the settings list under the name; what the URL says itself goes before them.',
  }),
  row('version=v', 'TAG<=32', 'TAG<=32', {
    values: '1–32 of `A-Za-z0-9._-`',
    default: 'none',
    text: 'A tag that makes the URL immutable: browsers keep the answer for a year. Change it when the original changes. Where access is bounded, only a signature makes it count.',
  }),
  row('download', 'TAG<=32', 'TAG<=32', {
    values: '`1`, or a file name of `A-Za-z0-9._-`',
    default: 'shown in the page',
    text: 'Has browsers save the picture, under this name or its own.',
  }),
  row('embed', 'any', null, {
    values: '`any`',
    default: 'pages of the allowed hosts',
    text: 'Lets every page show the picture, whatever the hotlink rules say. Counts only under a signature.',
  }),
  row('key', 'TEXT', null, {
    values: 'the key of an original',
    default: 'the path',
    text: 'Names the original where a caller cannot set the path. Must agree with the path where both are given.',
  }),
  row('exp', 'TEXT', null, {
    values: 'Unix time in seconds',
    default: 'none',
    text: 'When the signature ends. Required beside `sig`, and no further ahead than the settings allow.',
  }),
  row('kid', 'TEXT', null, {
    values: '1–32 of `a-z0-9-`',
    default: 'none',
    text: 'The key that signed. Required beside `sig`.',
  }),
  row('sig', 'TEXT', null, {
    values: '43 of `A-Za-z0-9_-`',
    default: 'none',
    text: 'The signature of key, parameters, `exp` and `kid`: `docs/access.md` says how it is made.',
  }),
] as const

type Rows = (typeof parameters)[number]

export type ParameterName = Rows['name']

/** What a request says, by full names. */
export type RequestParameters = { [Row in Rows as Row['name']]?: ValueOf<Row['kind']> }

/** What a canonical URL says, by full names; `format` always. */
export type VariantParameters = {
  [Row in Rows as Row['canonicalKind'] extends null ? never : Row['name']]?: ValueOf<
    NonNullable<Row['canonicalKind']>
  >
} & { format: ValueOf<Extract<Rows, { name: 'format' }>['canonicalKind']> }

/** What a preset of the settings may stand for. */
export type PresetParameters = Omit<
  RequestParameters,
  'preset' | 'version' | 'embed' | 'key' | 'exp' | 'kid' | 'sig'
>
