import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import sharp from 'sharp'
import { type Job, serveJobs } from './contender.ts'

// The yardstick: the original from the S3 client into sharp, and nothing else. Settings of size and encoder are the
// transformer's, all others the libraries' own.

const client = new S3Client({ endpoint: process.env.FOVEA_S3_ENDPOINT, forcePathStyle: true })

serveJobs(makePlainly, (bytes) => bytes, sharp.concurrency)

async function makePlainly({ key, width, height, encoder, moving, flattened }: Job): Promise<Buffer> {
  const answer = await client.send(new GetObjectCommand({ Bucket: process.env.IMAGE_BUCKET, Key: key }))
  const original = await answer.Body?.transformToByteArray()
  const picture = moving ? sharp(original, { animated: true }) : sharp(original).autoOrient()
  const shown = flattened ? picture.flatten({ background: '#fff' }) : picture
  return shown.resize(width, height, { fit: 'fill' }).toFormat(encoder.format, encoder.options).toBuffer()
}
