import { after } from 'node:test'
import { startS3 } from '../s3-under-test.ts'
import { describeOriginals } from './describe-originals.ts'

const s3 = await startS3()

after(() => s3.close())
describeOriginals(s3)
