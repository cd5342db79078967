import { readFileSync } from 'node:fs'

/** A package as the lock file pins it. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** Subresource integrity of the tarball, `sha512-…`. */
  readonly integrity: string
  /** Whether another package asks for it only where the platform fits. */
  readonly optional: boolean
}

/** The Lambda's platform, in npm's words: Amazon Linux 2023 on Graviton. */
export const lambdaPlatform = { os: 'linux', cpu: 'arm64', libc: 'glibc' } as const

interface LockEntry {
  readonly version: string
  readonly integrity?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}

interface LockFile {
  readonly packages?: Readonly<Record<string, LockEntry>>
}

/**
 * Returns sharp and everything it needs on the Lambda's platform, by name, as the lock file pins them.
 * The other platforms' binaries are in the lock file too, but say nothing about what is deployed.
 */
export function readSharpPackages(lockFile: string): readonly LockedPackage[] {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as LockFile
  const entries = lock.packages ?? {}
  const found = new Map<string, LockedPackage>()
  const visit = (name: string, parent: string, optional: boolean): void => {
    const path = resolveEntry(entries, name, parent)
    const entry = path === undefined ? undefined : entries[path]
    if (path === undefined || entry === undefined) {
      if (optional) return
      throw new Error(`expected ${name} in ${lockFile} but it is not there: run \`npm install\``)
    }
    if (!fitsLambda(entry) || found.has(name)) return
    found.set(name, { name, version: entry.version, integrity: entry.integrity ?? '', optional })
    for (const needed of Object.keys(entry.dependencies ?? {})) visit(needed, path, false)
    for (const needed of Object.keys(entry.optionalDependencies ?? {})) visit(needed, path, true)
  }
  visit('sharp', '', false)
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The lock file's path of what `parent` gets when it requires `name`: its own copy, or the nearest one above it. */
function resolveEntry(
  entries: Readonly<Record<string, LockEntry>>,
  name: string,
  parent: string,
): string | undefined {
  const nested = parent === '' ? `node_modules/${name}` : `${parent}/node_modules/${name}`
  if (entries[nested] !== undefined) return nested
  if (parent === '') return undefined
  return resolveEntry(entries, name, parent.slice(0, Math.max(0, parent.lastIndexOf('/node_modules/'))))
}

function fitsLambda(entry: LockEntry): boolean {
  const { os, cpu, libc } = lambdaPlatform
  return (
    (entry.os ?? [os]).includes(os) &&
    (entry.cpu ?? [cpu]).includes(cpu) &&
    (entry.libc ?? [libc]).includes(libc)
  )
}
