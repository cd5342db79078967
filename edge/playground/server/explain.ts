import { type Explanation, explainUrl } from '../../../signer/cli/explain-url.ts'
import { splitUrl } from '../../../signer/verify-url.ts'
import { deriveDeviceHeaders } from '../../cloudfront/device-headers.ts'
import type { EdgeInside } from '../../own-pages.ts'
import { readDeployedSettings } from './deployed-settings.ts'
import type { PlaygroundKey } from './playground-key.ts'

/**
 * What the edge function makes of a request, by its own code and the settings that it was deployed with, without asking it.
 *
 * @param headers of the viewer, by lower-case name.
 */
export async function explainTarget(
  target: string,
  headers: Readonly<Record<string, string>>,
  inside: EdgeInside,
  { findSecret }: Pick<PlaygroundKey, 'findSecret'>,
): Promise<Explanation> {
  const deployed = readDeployedSettings(inside.deployment())
  const { path, query } = splitUrl(target)
  const { behaviour, settings: own } = deployed.find(path)
  // Without CloudFront's signature no function is asked: the usual one knows that others guard the key.
  const settings = behaviour.trustedKeys && !/(?:^|&)Key-Pair-Id=/.test(query) ? deployed.usual : own
  const seen: Readonly<Record<string, string>> = Object.assign(
    Object.create(null),
    headers,
    deriveDeviceHeaders(headers['user-agent'] ?? '', behaviour.originHeaders),
  )
  const options = { settings, now: inside.now() / 1000, header: (name: string) => seen[name] ?? '' }
  // Only the grammar knows which parameter of which spelling names the key.
  const { kid } = explainUrl(target, options)
  return kid === undefined
    ? explainUrl(target, options)
    : explainUrl(target, { ...options, secret: await findSecret(kid) })
}
