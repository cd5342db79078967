import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Properties, Resource, Template } from './template.ts'

/**
 * The public keys of the key groups that a behaviour trusts, by id, which is what viewers name as Key-Pair-Id: here the
 * logical id. Undefined where it trusts none, so that its files are for anyone.
 *
 * @throws Error naming the resource that is missing, of another type, or no key that CloudFront takes.
 */
export function readTrustedKeys(
  template: Template,
  behaviour: Properties,
): ReadonlyMap<string, KeyObject> | undefined {
  const groups = behaviour.list('TrustedKeyGroups')
  if (groups.length === 0) return undefined
  const ids = groups.flatMap((id) => {
    const group = findResource(template, String(id), 'AWS::CloudFront::KeyGroup')
    return group.properties.list('KeyGroupConfig.Items').map(String)
  })
  return new Map(
    ids.map((id) => [id, readPublicKey(findResource(template, id, 'AWS::CloudFront::PublicKey'))]),
  )
}

function findResource(template: Template, id: string, type: string): Resource {
  const resource = template.resource(id)
  if (resource.type !== type) throw new Error(`${id}: expected ${type} but received ${resource.type}`)
  return resource
}

/** Source of the kinds: CloudFront developer guide, "Specify signers that can create signed URLs and signed cookies". */
function readPublicKey({ logicalId, properties }: Resource): KeyObject {
  const path = 'PublicKeyConfig.EncodedKey'
  const refuse = (received: string) =>
    new Error(
      `${logicalId}.${path}: expected a public key of RSA with 2048 bits or ECDSA with P-256, in PEM (BEGIN PUBLIC KEY), but received ${received}`,
    )
  const pem = properties.text(path).trim()
  // Node would take certificates and private keys as well.
  const [, label] = /^-----BEGIN ([A-Z\d ]+)-----/.exec(pem) ?? []
  if (label !== 'PUBLIC KEY') throw refuse(label ? `BEGIN ${label}` : 'another text')
  const key = parseKey(pem)
  if (!key) throw refuse('one that cannot be read')
  const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength, namedCurve } = {} } = key
  if (type === 'rsa' && modulusLength === 2048) return key
  if (type === 'ec' && namedCurve === 'prime256v1') return key
  throw refuse([type, modulusLength ?? namedCurve].filter((part) => part !== undefined).join(' '))
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem)
  } catch {
    return undefined
  }
}
