import { insertSegment } from './jpeg-segments.ts'
import { makePhotograph } from './photograph.ts'
import { insertChunk } from './png-chunks.ts'

/** Words that lie in the metadata of {@link makePrivate}, and that no variant may hold. */
export const secrets = ['SecretMaker', 'SecretPerson', 'SecretPlace', 'SecretComment', 'SecretThumbnail']

/** EXIF of camera, author and place. 48.8584° N 2.2945° E. */
const exif = {
  IFD0: { Make: 'SecretMaker', Artist: 'SecretPerson', Copyright: 'SecretPerson' },
  IFD2: { UserComment: 'SecretComment', DateTimeOriginal: '2024:05:06 07:08:09' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '48/1 51/1 30/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '2/1 17/1 40/1',
    GPSAreaInformation: 'SecretPlace',
  },
}

const xmp = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="SecretPerson" dc:coverage="SecretPlace"/></rdf:RDF></x:xmpmeta>`

/** A photograph with all that cameras and people leave in files: EXIF with GPS, XMP, a profile, comments. */
export async function makePrivate(format: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff'): Promise<Buffer> {
  const picture = await makePhotograph(160, 120)
    .withExif(exif)
    .withXmp(xmp)
    .withIccProfile('p3')
    .toFormat(format, { quality: 90 })
    .toBuffer()
  if (format === 'png') return insertChunk(picture, 'tEXt', Buffer.from('Comment\0SecretComment', 'latin1'))
  if (format !== 'jpeg') return picture
  const thumbnail = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0fSecretThumbnail\0', 'latin1')
  return insertSegment(insertSegment(picture, 0xfffe, Buffer.from('SecretComment')), 0xffed, thumbnail)
}
