import { createHandler, createResponder } from './handler.ts'
import { createS3Originals } from './original/s3-originals.ts'
import { readSettings } from './settings.ts'
import { type AwsLambda, createStreamingHandler } from './streamed-result.ts'
import { createTelemetry } from './telemetry/telemetry.ts'
import { serveVectors } from './vector/vector-child.ts'
import { createVectorMaker } from './vector/vector-maker.ts'

/** Lambda's own global, there in its Node runtimes. */
declare const awslambda: AwsLambda

/** Says to this very file, forked, that it is the process in which vector graphics are drawn. */
const vectorArgument = 'fovea-vectors'

/** What Lambda calls. */
export const handler = process.argv[2] === vectorArgument ? serveVectors() : start()

function start(): unknown {
  const settings = readSettings(process.env)
  const vectors = createVectorMaker(__filename, [vectorArgument])
  const telemetry = createTelemetry(settings.functionName, settings.metrics)
  const dependencies = { settings, originals: createS3Originals(settings), vectors, telemetry }
  return settings.invokeMode === 'stream'
    ? awslambda.streamifyResponse(createStreamingHandler(createResponder(dependencies), awslambda))
    : createHandler(dependencies)
}
