import { createHandler, type Handler } from './handler.ts'
import { createS3Originals } from './original/s3-originals.ts'
import { readSettings } from './settings.ts'
import { serveVectors } from './vector/vector-child.ts'
import { createVectorMaker } from './vector/vector-maker.ts'

/** Says to this very file, forked, that it is the process in which vector graphics are drawn. */
const vectorArgument = 'fovea-vectors'

/** What Lambda calls. */
export const handler: Handler | undefined = process.argv[2] === vectorArgument ? void serveVectors() : start()

function start(): Handler {
  const settings = readSettings(process.env)
  const vectors = createVectorMaker(__filename, [vectorArgument])
  return createHandler({ settings, originals: createS3Originals(settings), vectors })
}
