/** What a reference to a resource stands for on this machine; undefined where it has no meaning here. */
export type Resolve = (logicalId: string, attribute: string | undefined) => string | undefined

/** Values of the pseudo parameters that a template may name. */
const pseudoParameters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'AWS::AccountId': '000000000000',
    'AWS::Partition': 'aws',
    'AWS::Region': 'us-east-1',
    'AWS::URLSuffix': 'amazonaws.com',
  }),
)

/**
 * `value` with every intrinsic function worked out: Ref, GetAtt, Join, Sub, Select and Split. Anything else would be
 * guessed, so it throws.
 *
 * @param path where `value` stands in the template, for the message.
 * @throws Error naming the path and the function or the reference.
 */
export function evaluate(value: unknown, resolve: Resolve, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => evaluate(item, resolve, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [name, argument] = entries[0] ?? ['', undefined]
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined
    if (!intrinsic) throw new Error(`${path}: expected Ref, ${known} but received ${name}`)
    return intrinsic(argument, resolve, `${path}.${name}`)
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, evaluate(item, resolve, `${path}.${key}`)]))
}

type Intrinsic = (argument: unknown, resolve: Resolve, path: string) => unknown

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, resolve, path) => refer(expectText(argument, path), undefined, resolve, path),
  'Fn::GetAtt': (argument, resolve, path) => {
    const [logicalId, attribute] =
      typeof argument === 'string' ? argument.split('.') : expectList(argument, path)
    return refer(expectText(logicalId, path), expectText(attribute, path), resolve, path)
  },
  'Fn::Join': (argument, resolve, path) => {
    const [separator, parts] = expectList(evaluate(argument, resolve, path), path)
    return expectList(parts, path).join(expectText(separator, path))
  },
  'Fn::Select': (argument, resolve, path) => {
    const [index, list] = expectList(evaluate(argument, resolve, path), path)
    const item = expectList(list, path)[Number(index)]
    if (item === undefined) throw new Error(`${path}: expected an item at ${index} but received none`)
    return item
  },
  'Fn::Split': (argument, resolve, path) => {
    const [separator, text] = expectList(evaluate(argument, resolve, path), path)
    return expectText(text, path).split(expectText(separator, path))
  },
  'Fn::Sub': (argument, resolve, path) => {
    const text = expectText(argument, path)
    return text.replace(/\$\{([^}!]+)\}/g, (_whole, name: string) => {
      const [logicalId = '', attribute] = name.split('.')
      return refer(logicalId, attribute, resolve, path)
    })
  },
}

const known = Object.keys(intrinsics).slice(1).join(', ')

function refer(logicalId: string, attribute: string | undefined, resolve: Resolve, path: string): string {
  const value = pseudoParameters.get(logicalId) ?? resolve(logicalId, attribute)
  if (value !== undefined) return value
  const reference = attribute === undefined ? logicalId : `${logicalId}.${attribute}`
  throw new Error(`${path}: expected a reference that means something here but received ${reference}`)
}

function expectText(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  throw new Error(`${path}: expected a text but received ${JSON.stringify(value)}`)
}

function expectList(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value
  throw new Error(`${path}: expected a list but received ${JSON.stringify(value)}`)
}
