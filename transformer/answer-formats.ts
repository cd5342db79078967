import type { Description } from './describe/describe.ts'
import { contentTypes, type OutputFormat } from './plan/format.ts'

/** What an answer can be. */
export type AnswerFormat = OutputFormat | 'svg' | Description

/** The media type of each, and how names of files end, without the dot. */
export const answerFormats = {
  avif: { contentType: contentTypes.avif, extension: 'avif' },
  webp: { contentType: contentTypes.webp, extension: 'webp' },
  jpeg: { contentType: contentTypes.jpeg, extension: 'jpg' },
  png: { contentType: contentTypes.png, extension: 'png' },
  gif: { contentType: contentTypes.gif, extension: 'gif' },
  svg: { contentType: 'image/svg+xml', extension: 'svg' },
  json: { contentType: 'application/json', extension: 'json' },
  thumbhash: { contentType: 'text/plain; charset=utf-8', extension: 'txt' },
  blurhash: { contentType: 'text/plain; charset=utf-8', extension: 'txt' },
} as const satisfies Record<AnswerFormat, { contentType: string; extension: string }>
