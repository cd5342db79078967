import { lost, quality, side, take } from './rule.ts'
import { decode, readQuery, type Service } from './service.ts'

/** aws-samples/image-optimization: a query, or the operations as its function writes them behind the path. */
export const awsSamples: Service = {
  id: 'aws-samples',
  title: 'aws-samples/image-optimization',
  example: 'https://d111111abcdef8.cloudfront.net/images/rio/1.jpeg?format=auto&width=300',
  isOwn: ({ path }) => operations.test(path),
  read: ({ path, query }) => {
    const [whole = '', written = ''] = operations.exec(path) ?? []
    const pairs = written === 'original' ? [] : written.split(',').filter(Boolean)
    return {
      key: decode(path.slice(0, path.length - whole.length)),
      options: [...pairs.map(splitPair), ...readQuery(query)],
    }
  },
  rules: {
    width: side('width'),
    height: side('height'),
    format: {
      becomes: '`format`, but `svg`',
      read: (value) =>
        value === 'svg'
          ? lost('a raster image is no vector graphic').read('', () => '')
          : take('format').read(value, () => ''),
    },
    quality: quality(),
  },
}

/** The last segment of a path: `/format=auto,width=300`, or `/original`. */
const operations =
  /\/(original|(?:format|width|height|quality)=[^/,]+(?:,(?:format|width|height|quality)=[^/,]+)*)$/

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), decode(pair.slice(at + 1))]
}
