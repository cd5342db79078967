/** Megabytes at which a Lambda has the equivalent of one vCPU. Source: Lambda developer guide, "Configure Lambda function memory". */
export const vcpuMegabytes = 1769

/** What `compute.memoryMegabytes` may be in any account, from too little to all that a new one may have. */
export const sizes = [512, 768, 1024, 1536, 1769, 2048, 3008] as const

/** The processors of a Lambda of so much memory: in proportion to it, 1 is one vCPU. */
export function shareOf(memoryMegabytes: number): number {
  return memoryMegabytes / vcpuMegabytes
}
