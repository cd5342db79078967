import { on, quality, side, signatureLost, take, turn, words } from './rule.ts'
import { decode, readQuery, type Service } from './service.ts'

/** AWS's Dynamic Image Transformation (Serverless Image Handler), parameters in the query: its query-param-mapper.ts. */
export const ditQuery: Service = {
  id: 'dit-query',
  title: 'AWS Dynamic Image Transformation, query',
  example:
    'https://d111111abcdef8.cloudfront.net/products/chair.jpg?width=300&height=200&fit=contain&flip=true',
  isOwn: ({ query }) => /(?:^|&)(?:flop|gr[ae]yscale|flip=(?:true|false)|fit=(?:inside|outside))/.test(query),
  read: ({ path, query }) => ({ key: decode(path), options: readQuery(query) }),
  rules: {
    width: side('width'),
    height: side('height'),
    fit: words('fit', {
      cover: 'cover',
      contain: 'contain',
      fill: 'fill',
      inside: 'inside',
      outside: 'outside',
    }),
    format: take('format'),
    rotate: turn(),
    // sharp's flip is about the x-axis, its flop about the y-axis.
    flip: {
      becomes: '`flip=v`, with `flop` `hv`',
      read: (value, option) =>
        isTrue(value) ? { set: { flip: isTrue(option('flop')) ? 'hv' : 'v' } } : { set: {} },
    },
    flop: {
      becomes: '`flip=h`, with `flip` `hv`',
      read: (value, option) =>
        isTrue(value) ? { set: { flip: isTrue(option('flip')) ? 'hv' : 'h' } } : { set: {} },
    },
    grayscale: on({ greyscale: '1' }),
    dpr: take('dpr'),
    quality: quality(),
    signature: signatureLost,
    expires: signatureLost,
  },
  aliases: { greyscale: 'grayscale' },
}

function isTrue(text: string): boolean {
  return text === 'true'
}
