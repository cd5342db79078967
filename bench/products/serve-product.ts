import { answerParent } from '../child.ts'
import type { ProductLap, ProductRequest } from './cells.ts'

/** Makes this process one that makes variants, and says what processor time each took. */
export function serveProduct(make: (request: ProductRequest) => Promise<Uint8Array>): void {
  answerParent<ProductRequest, ProductLap>(async (request) => {
    const before = process.cpuUsage()
    const bytes = await make(request)
    const { user, system } = process.cpuUsage(before)
    return { cpuMs: (user + system) / 1000, bytes }
  })
}
