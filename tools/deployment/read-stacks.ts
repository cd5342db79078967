import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A stack of the synthesized deployment. */
export interface DeployedStack {
  name: string
  region: string
  /** What outlives it: logical id and type. */
  retained: readonly { id: string; type: string }[]
}

interface Manifest {
  artifacts: Readonly<
    Record<
      string,
      {
        type: string
        environment?: string
        displayName?: string
        properties?: { templateFile?: string; stackName?: string }
      }
    >
  >
}

interface Template {
  Resources?: Readonly<Record<string, { Type: string; DeletionPolicy?: string }>>
}

/** Reads the stacks of a cloud assembly, and what their templates say. */
export function readStacks(assembly: string): DeployedStack[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'))
  return Object.entries(manifest.artifacts).flatMap(([id, { type, environment = '', properties }]) => {
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return []
    const template: Template = JSON.parse(readFileSync(join(assembly, properties.templateFile), 'utf8'))
    return [
      {
        name: properties.stackName ?? id,
        // `aws://ACCOUNT/REGION`
        region: environment.split('/').at(-1) ?? '',
        retained: Object.entries(template.Resources ?? {})
          .filter(([, resource]) => /^Retain/.test(resource.DeletionPolicy ?? ''))
          .map(([logicalId, resource]) => ({ id: logicalId, type: resource.Type })),
      },
    ]
  })
}

/** The regions of `stacks`, each once, in order. */
export function listRegions(stacks: readonly DeployedStack[]): string[] {
  return [...new Set(stacks.map(({ region }) => region))]
}
