import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evaluate, type Resolve } from './evaluate.ts'

/** A resource whose properties are worked out. */
export interface Resource {
  logicalId: string
  /** The stack that it is in. */
  stack: string
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
  /** @param logicalId of this stack; those of another one end in `@STACK`, as references to it have them. */
  resource(logicalId: string): Resource
  /** All resources of a type in this stack, in the template's order. */
  resources(type: string): Resource[]
  /** The folder of the asset that the S3 key `<hash>.zip` stands for. */
  assetFolder(s3Key: string): string
}

interface RawTemplate {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>
}

/** What the buckets of originals are called here: those of the stack that is played, and those of all others. */
export const bucketNames = { first: 'fovea-originals', second: 'fovea-replica' } as const

/**
 * Reads `<stack>.template.json` from a cloud assembly, the templates beside it as far as it refers to them, and the manifests of
 * their assets.
 *
 * @throws Error where the folder holds no such stack, or a property names something that has no meaning here.
 */
export async function readTemplate(assemblyFolder: string, stack: string): Promise<Template> {
  const read = async (name: string) => JSON.parse(await readFile(join(assemblyFolder, name), 'utf8'))
  const stacks = await listStacks(assemblyFolder)
  const raws = new Map<string, RawTemplate>(
    await Promise.all(stacks.map(async (each) => [each, await read(`${each}.template.json`)] as const)),
  )
  if (!raws.has(stack)) throw new Error(`expected a stack ${stack} in ${assemblyFolder} but found none`)
  // An asset's name is a digest of it: the same in all stacks.
  const assets: Record<string, { source: { path: string } }> = Object.assign(
    {},
    ...(await Promise.all(stacks.map(async (each) => (await read(`${each}.assets.json`)).files))),
  )
  const resolveIn =
    (home: string): Resolve =>
    (logicalId, attribute) => {
      const resources = raws.get(home)?.Resources ?? {}
      const type = Object.hasOwn(resources, logicalId) ? resources[logicalId]?.Type : undefined
      if (type === 'Custom::CrossRegionExportReader') return findExport(attribute ?? '')
      const bucket = home === stack ? bucketNames.first : bucketNames.second
      return type && nameResource(type, qualify(logicalId, home, stack), attribute, bucket)
    }
  /** What a stack of another region wrote under a name for this one to read. */
  const findExport = (name: string): string | undefined => {
    for (const [home, { Resources: resources }] of raws) {
      for (const { Type: type, Properties: properties } of Object.values(resources)) {
        if (type !== 'Custom::CrossRegionExportWriter') continue
        const { exports = {} } = (properties?.WriterProps ?? {}) as { exports?: Record<string, unknown> }
        if (Object.hasOwn(exports, name)) return String(evaluate(exports[name], resolveIn(home), name))
      }
    }
    return undefined
  }
  const resource = (id: string): Resource => {
    const [logicalId = '', home = stack] = id.split('@')
    const found = raws.get(home)?.Resources[logicalId]
    if (!found) throw new Error(`expected a resource ${logicalId} in ${home} but found none`)
    const values = evaluate(found.Properties ?? {}, resolveIn(home), logicalId)
    return { logicalId: id, stack: home, type: found.Type, properties: openProperties(values, logicalId) }
  }
  return {
    resource,
    resources: (type) =>
      Object.entries(raws.get(stack)?.Resources ?? {})
        .filter(([, { Type }]) => Type === type)
        .map(([logicalId]) => resource(logicalId)),
    assetFolder: (s3Key) => {
      const asset = assets[s3Key.replace(/\.zip$/, '')]
      if (!asset) throw new Error(`expected an asset ${s3Key} of ${stacks.join(', ')} but found none`)
      return join(assemblyFolder, asset.source.path)
    },
  }
}

async function listStacks(assemblyFolder: string): Promise<string[]> {
  const names = await readdir(assemblyFolder).catch(() => [])
  return names.flatMap((name) => /^(.+)\.template\.json$/.exec(name)?.[1] ?? []).sort()
}

/** A logical id as the stack that is played knows it. */
function qualify(logicalId: string, home: string, stack: string): string {
  return home === stack ? logicalId : `${logicalId}@${home}`
}

/** What a reference stands for: names that the local services know, and ids that lead back to the resource. */
function nameResource(
  type: string,
  id: string,
  attribute: string | undefined,
  bucket: string,
): string | undefined {
  switch (`${type}.${attribute ?? 'Ref'}`) {
    case 'AWS::S3::Bucket.Ref':
      return bucket
    case 'AWS::S3::Bucket.Arn':
      return `arn:aws:s3:::${bucket}`
    case 'AWS::Lambda::Url.FunctionUrl':
      return `https://${id}.lambda-url/`
    default:
      // Ids and ARNs lead back to the resource: whoever reads one looks it up again.
      return /^(Arn|Id|FunctionARN)?$/.test(attribute ?? '') ? id : undefined
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
