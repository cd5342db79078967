import { createHandler } from './handler.ts'
import { createS3Originals } from './original/s3-originals.ts'
import { readSettings } from './settings.ts'

const settings = readSettings(process.env)

/** What Lambda calls. */
export const handler = createHandler({ settings, originals: createS3Originals(settings) })
