import type { CDPSession } from 'playwright-core'

/** What went over the network so far. */
export interface Traffic {
  /** With headers, as they were sent. */
  bytes: number
  requests: number
}

/** Counts what the page of `session` loads from now on, unfinished requests by what has come of them. */
export async function countTraffic(session: CDPSession): Promise<{ count(): Traffic }> {
  const bytes = new Map<string, number>()
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (/^https?:/.test(request.url)) bytes.set(requestId, 0)
  })
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const before = bytes.get(requestId)
    if (before !== undefined) bytes.set(requestId, before + Math.max(0, encodedDataLength))
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (bytes.has(requestId)) bytes.set(requestId, encodedDataLength)
  })
  await session.send('Network.enable')
  return {
    count: () => ({
      bytes: [...bytes.values()].reduce((all, each) => all + each, 0),
      requests: bytes.size,
    }),
  }
}
