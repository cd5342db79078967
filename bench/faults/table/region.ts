import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assemblyFolder } from '../../../edge/project.ts'
import type { Fault } from '../fault.ts'

/** The first region of the template, which the origin group asks first. */
const firstRegion = 'us-east-1'

export const regionFaults: readonly Fault[] = [
  {
    name: 'region-lost',
    done: 'the first region does not answer: neither its transformer nor its S3',
    design: 'misses are made in the second region; nobody sees an error',
    allowed: {},
    alarms: [],
    findObstacle: (assembly) =>
      hasOriginGroup(assembly ?? assemblyFolder)
        ? undefined
        : 'this template has no second region (no origin group)',
    async inject({ edge }) {
      await edge.loseRegions([firstRegion])
      return () => edge.loseRegions([])
    },
  },
]

/** Whether a distribution of the assembly asks a second origin where the first fails. */
function hasOriginGroup(assembly: string): boolean {
  return readdirSync(assembly)
    .filter((file) => file.endsWith('.template.json'))
    .some((file) => {
      const { Resources = {} } = JSON.parse(readFileSync(join(assembly, file), 'utf8'))
      return Object.values<{
        Type: string
        Properties?: { DistributionConfig?: { OriginGroups?: { Quantity?: number } } }
      }>(Resources).some(
        ({ Properties }) => (Properties?.DistributionConfig?.OriginGroups?.Quantity ?? 0) > 0,
      )
    })
}
