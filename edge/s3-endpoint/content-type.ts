import { extname } from 'node:path'

/** Real S3 keeps the type given at upload. Nothing in the pipeline relies on it: formats are told by content. */
const contentTypes = new Map([
  ['.avif', 'image/avif'],
  ['.gif', 'image/gif'],
  ['.heic', 'image/heic'],
  ['.html', 'text/html'],
  ['.jpeg', 'image/jpeg'],
  ['.jpg', 'image/jpeg'],
  ['.json', 'application/json'],
  ['.jxl', 'image/jxl'],
  ['.pdf', 'application/pdf'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.tif', 'image/tiff'],
  ['.tiff', 'image/tiff'],
  ['.txt', 'text/plain'],
  ['.webp', 'image/webp'],
])

/** Returns the media type of a key by its extension; S3's own default for the rest. */
export function getContentType(key: string): string {
  return contentTypes.get(extname(key).toLowerCase()) ?? 'binary/octet-stream'
}
