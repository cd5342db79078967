import { Agent, get } from 'node:http'
import type { Stats } from '../../edge/stats.ts'

/** An answer as it came over the wire. */
export interface Answer {
  status: number
  /** Name, value, name, value. */
  headers: string[]
  body: Buffer
}

/** What the bench's browser accepts. The same for every request, whoever sends it. */
export const accept = 'image/avif,image/webp,*/*;q=0.8'

/** The answer of `url`, over a connection of its own. */
export function ask(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false })
    const request = get(url, { agent, headers: { accept } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.rawHeaders,
          body: Buffer.concat(chunks),
        }),
      )
    })
    request.on('error', reject)
  })
}

/** What the edge at `url` has counted since it started. */
export async function readStats(url: string): Promise<Stats> {
  return JSON.parse((await ask(`${url}/_fovea/stats`)).body.toString())
}
