import type { ImageHost } from './image-url.ts'
import { transform } from './unpic.ts'

/** What `next/image` gives its loader. */
export interface NextLoaderInput {
  /** As the component has it: `/products/chair.jpg`, with parameters of its own where it has some: `?aspect=16:9`. */
  src: string
  width: number
  quality?: number
}

/** A loader for `next/image`: `export default createNextLoader({ baseUrl: 'https://img.example.com' })` in its `loaderFile`. */
export function createNextLoader(host: Pick<ImageHost, 'baseUrl'> = {}): (input: NextLoaderInput) => string {
  return ({ src, width, quality }) => transform(src, quality ? { width, quality } : { width }, host)
}
