import cf from 'cloudfront'

/**
 * The secret of that name in the KeyValueStore; '' where there is none, undefined where the store is out of reach.
 *
 * Security: names are made by the caller from a fixed beginning, never from what a viewer sent alone.
 */
export async function readSecret(name: string): Promise<string | undefined> {
  try {
    const secret = await cf.kvs().get(name)
    return secret
  } catch (_failure) {
    // Rejected alike for a name that is missing and for a store that fails: the second look-up tells them apart.
  }
  try {
    const exists = await cf.kvs().exists(name)
    return exists ? undefined : ''
  } catch (_failure) {
    return undefined
  }
}
