import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assemblyFolder, stackName } from '../../../edge/project.ts'
import { readTemplate, type Template } from '../../../edge/template/template.ts'

/** A template's properties, to be written at will. */
// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape
export type Raw = any

/**
 * The properties of the one resource of `type`, with `part` in its logical id where that is given, or, of several, of the one that
 * the default behaviour names.
 */
export type Find = (type: string, part?: string) => Raw

/** The synthesized template after `change`, read as the edge reads it. The one in the project stays as it is. */
export async function doctorTemplate(change: (find: Find, raw: Raw) => void): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'fovea-template-'))
  const file = `${stackName}.template.json`
  try {
    const raw: Raw = JSON.parse(readFileSync(join(assemblyFolder, file), 'utf8'))
    const find: Find = (type, part = '') => {
      const found = Object.entries<Raw>(raw.Resources).filter(
        ([id, resource]) => resource.Type === type && id.includes(part),
      )
      const [one, ...others] = found.length > 1 ? found.filter(([id]) => isOfDefault(raw, id)) : found
      if (!one || others.length > 0) {
        throw new Error(`expected one ${type} ${part} in ${file} but found ${found.length}`)
      }
      return one[1].Properties
    }
    change(find, raw)
    writeFileSync(join(folder, file), JSON.stringify(raw))
    copyFileSync(join(assemblyFolder, `${stackName}.assets.json`), join(folder, `${stackName}.assets.json`))
    return await readTemplate(folder, stackName)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function isOfDefault(raw: Raw, id: string): boolean {
  const [distribution] = Object.values<Raw>(raw.Resources).filter(
    ({ Type }) => Type === 'AWS::CloudFront::Distribution',
  )
  const behaviour = distribution.Properties.DistributionConfig.DefaultCacheBehavior
  return JSON.stringify(behaviour).includes(`{"Ref":"${id}"}`)
}

/** The configuration of the one distribution. */
export function distributionOf(find: Find): Raw {
  return find('AWS::CloudFront::Distribution').DistributionConfig
}
