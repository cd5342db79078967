import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evaluate, type Resolve } from './evaluate.ts'

/** A resource whose properties are worked out. */
export interface Resource {
  logicalId: string
  type: string
  properties: Properties
}

/** Properties as CloudFormation spells them; read through {@link Properties.text} and its kin, which name what is wrong. */
export interface Properties {
  /** The raw value at a dotted path, undefined where there is none. */
  find(path: string): unknown
  text(path: string): string
  number(path: string): number
  list(path: string): unknown[]
}

/** A synthesized template, and the folders of its assets. */
export interface Template {
  resource(logicalId: string): Resource
  /** All resources of a type, in the template's order. */
  resources(type: string): Resource[]
  /** The folder of the asset that the S3 key `<hash>.zip` stands for. */
  assetFolder(s3Key: string): string
}

interface RawTemplate {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>
}

/**
 * Reads `<stack>.template.json` and its assets' manifest from a cloud assembly.
 *
 * @throws Error where the folder holds no such stack, or a property names something that has no meaning here.
 */
export async function readTemplate(assemblyFolder: string, stack: string): Promise<Template> {
  const read = async (name: string) => JSON.parse(await readFile(join(assemblyFolder, name), 'utf8'))
  const raw: RawTemplate = await read(`${stack}.template.json`)
  const assets: { files: Record<string, { source: { path: string } }> } = await read(`${stack}.assets.json`)
  const resolve: Resolve = (logicalId, attribute) => {
    const type = Object.hasOwn(raw.Resources, logicalId) ? raw.Resources[logicalId]?.Type : undefined
    return type && nameResource(type, logicalId, attribute)
  }
  const resource = (logicalId: string): Resource => {
    const found = raw.Resources[logicalId]
    if (!found) throw new Error(`expected a resource ${logicalId} in ${stack} but found none`)
    const values = evaluate(found.Properties ?? {}, resolve, logicalId)
    return { logicalId, type: found.Type, properties: openProperties(values, logicalId) }
  }
  return {
    resource,
    resources: (type) =>
      Object.keys(raw.Resources)
        .filter((logicalId) => raw.Resources[logicalId]?.Type === type)
        .map(resource),
    assetFolder: (s3Key) => {
      const asset = assets.files[s3Key.replace(/\.zip$/, '')]
      if (!asset) throw new Error(`expected an asset ${s3Key} in ${stack}.assets.json but found none`)
      return join(assemblyFolder, asset.source.path)
    },
  }
}

/** What a reference stands for: names that the local services know, and ids that lead back to the resource. */
function nameResource(type: string, logicalId: string, attribute: string | undefined): string | undefined {
  // What a stack in another region made, such as a web ACL: nothing that is played here.
  if (type === 'Custom::CrossRegionExportReader') return attribute
  switch (`${type}.${attribute ?? 'Ref'}`) {
    case 'AWS::S3::Bucket.Ref':
      return 'fovea-originals'
    case 'AWS::S3::Bucket.Arn':
      return 'arn:aws:s3:::fovea-originals'
    case 'AWS::Lambda::Url.FunctionUrl':
      return `https://${logicalId}.lambda-url/`
    default:
      // Ids and ARNs lead back to the resource: whoever reads one looks it up again.
      return /^(Arn|Id|FunctionARN)?$/.test(attribute ?? '') ? logicalId : undefined
  }
}

/** {@link Properties} over plain values. */
export function openProperties(values: unknown, place: string): Properties {
  const find = (path: string) =>
    path
      .split('.')
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], values)
  const expected = (what: string, path: string) =>
    new Error(`${place}.${path}: expected ${what} but received ${JSON.stringify(find(path))}`)
  return {
    find,
    text: (path) => {
      const value = find(path)
      if (typeof value !== 'string') throw expected('a text', path)
      return value
    },
    number: (path) => {
      const value = find(path)
      if (typeof value !== 'number') throw expected('a number', path)
      return value
    },
    list: (path) => {
      const value = find(path) ?? []
      if (!Array.isArray(value)) throw expected('a list', path)
      return value
    },
  }
}
