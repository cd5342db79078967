import type { IncomingMessage } from 'node:http'

/** Source: AWS Lambda developer guide, "Function URL request payload". Path and query stay as they were sent. */
export function formatPayload(request: IncomingMessage): object {
  const [rawPath = '/', rawQueryString = ''] = (request.url ?? '/').split(/\?(.*)/s)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(',')]),
  )
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers,
    requestContext: {
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress,
      },
    },
    isBase64Encoded: false,
  }
}
