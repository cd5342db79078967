import sharp from 'sharp'

const START_OF_IMAGE_BYTES = 2
const ICC_SIGNATURE = Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1')

/**
 * Encodes raw RGB pixels, whose numbers are meant as Display P3, as a JPEG with that profile.
 *
 * sharp's `withIccProfile('p3')` converts sRGB numbers and so never leaves the sRGB gamut; here the profile is
 * assigned instead: the APP2 segment of ICC.1:2022 annex B.4 goes in behind the start of the image.
 */
export async function encodeDisplayP3(
  pixels: Buffer,
  size: { width: number; height: number },
): Promise<Buffer> {
  const [jpeg, profile] = await Promise.all([
    sharp(pixels, { raw: { ...size, channels: 3 } })
      .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
      .toBuffer(),
    readDisplayP3Profile(),
  ])
  const content = Buffer.concat([ICC_SIGNATURE, profile])
  const header = Buffer.from([0xff, 0xe2, 0, 0])
  header.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([
    jpeg.subarray(0, START_OF_IMAGE_BYTES),
    header,
    content,
    jpeg.subarray(START_OF_IMAGE_BYTES),
  ])
}

/** Returns the Display P3 profile that sharp carries (a few hundred bytes, so one APP2 segment is enough). */
async function readDisplayP3Profile(): Promise<Buffer> {
  const tagged = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } })
    .withIccProfile('p3')
    .jpeg()
    .toBuffer()
  const { icc } = await sharp(tagged).metadata()
  if (icc === undefined) throw new Error('sharp attached no Display P3 profile')
  return icc
}
