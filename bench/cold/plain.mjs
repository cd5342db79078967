// The yardstick: what a first version of such a Lambda does, one thing after the other. Arguments: a key, a width and the
// encoder's options in JSON.

import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import sharp from 'sharp'

const [, , key, width, options] = process.argv
const client = new S3Client({ endpoint: process.env.FOVEA_S3_ENDPOINT, forcePathStyle: true })
const { Body } = await client.send(new GetObjectCommand({ Bucket: process.env.IMAGE_BUCKET, Key: key }))
const original = await Body.transformToByteArray()
process.stdout.write(
  await sharp(original).autoOrient().resize(Number(width)).webp(JSON.parse(options)).toBuffer(),
)
