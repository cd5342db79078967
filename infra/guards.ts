import {
  KeyGroup,
  type KeyValueStore,
  PublicKey,
  type Function as ViewerFunction,
} from 'aws-cdk-lib/aws-cloudfront'
import { Construct } from 'constructs'
import { digestKeySet, digestPublicKey, nameGuard } from './guard-settings.ts'
import { type Settings, viewerFunctionSettings } from './settings.ts'
import { createViewerFunction } from './viewer-function.ts'

/** A public key of CloudFront's. */
export interface GuardKey {
  readonly digest: string
  readonly key: PublicKey
}

/** What guards the keys under a prefix. */
export interface GuardParts {
  /** Of the decoded keys. */
  readonly prefix: string
  /** The public keys of who may sign, and what tells each from the others ({@link digestPublicKey}). */
  readonly publicKeys: readonly GuardKey[]
  /** Their group, which the behaviour trusts; prefixes of the same keys share one. */
  readonly keyGroup: KeyGroup
  /** The function of the behaviour: it runs for requests that CloudFront has verified, and refuses all keys but the prefix's. */
  readonly viewerFunction: ViewerFunction
}

/** Returns the guards of the settings' `cloudFrontSigned`. */
export function createGuards(
  scope: Construct,
  settings: Settings,
  viewerFunctionFile: string,
  keyValueStore: KeyValueStore,
): readonly GuardParts[] {
  const pems = new Set(Object.values(settings.cloudFrontSigned).flatMap(({ publicKeys }) => publicKeys))
  const keys = new Map([...pems].map((pem) => [pem, createPublicKey(scope, pem)]))
  const keyGroups = new Map<string, KeyGroup>()
  return Object.entries(settings.cloudFrontSigned).map(([prefix, guard]) => {
    const publicKeys = [...keys].flatMap(([pem, key]) => (guard.publicKeys.includes(pem) ? [key] : []))
    const own = new Construct(scope, `Guard${nameGuard(prefix)}`)
    const trusted = digestKeySet(guard)
    const keyGroup = keyGroups.get(trusted) ?? createKeyGroup(scope, trusted, publicKeys)
    keyGroups.set(trusted, keyGroup)
    return {
      prefix,
      publicKeys,
      keyGroup,
      viewerFunction: createViewerFunction(
        own,
        viewerFunctionSettings(settings, prefix),
        viewerFunctionFile,
        keyValueStore,
      ),
    }
  })
}

/**
 * One for all prefixes that trust these keys. Security: other keys are another group, by its id. One that changed in place would
 * open its other prefixes to the new keys, or shut them to the old, until the distribution has changed too.
 */
function createKeyGroup(scope: Construct, digest: string, publicKeys: readonly GuardKey[]): KeyGroup {
  return new KeyGroup(scope, `KeyGroup${digest}`, {
    items: publicKeys.map(({ key }) => key),
    // No prefix, which may be longer: 128 characters at most. Source: CloudFront API, `KeyGroupConfig`.
    comment: 'Fovea: who may sign URLs and cookies',
  })
}

/**
 * One for all prefixes that trust it. CloudFront takes no change of a key: another key is another resource, by its id, and the
 * caller reference that the CDK makes of that id is the same at every deployment.
 */
function createPublicKey(scope: Construct, pem: string): GuardKey {
  const digest = digestPublicKey(pem)
  return { digest, key: new PublicKey(scope, `PublicKey${digest}`, { encodedKey: pem, comment: 'Fovea' }) }
}
