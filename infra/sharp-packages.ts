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

/** What is read of a lock file of npm's. */
export interface LockFile {
  readonly packages?: Readonly<Record<string, LockEntry>>
}

/**
 * Returns sharp and everything it needs on the Lambda's platform, by name, as the lock file pins them.
 * The other platforms' binaries are in the lock file too, but say nothing about what is deployed.
 */
export function readSharpPackages(lockFile: string): readonly LockedPackage[] {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as LockFile
  return [...walkSharp(lock, lockFile).values()]
    .map(({ locked }) => locked)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Returns the part of a lock file that {@link readSharpPackages} reads. */
export function extractSharpPackages(lock: LockFile): LockFile {
  const paths = [...walkSharp(lock, 'the lock file').values()].map(({ path }) => path)
  return { packages: Object.fromEntries(paths.map((path) => [path, lock.packages?.[path] as LockEntry])) }
}

/** What sharp needs on the Lambda's platform, by name, each with its path in the lock file. */
function walkSharp(
  lock: LockFile,
  lockFile: string,
): ReadonlyMap<string, { readonly path: string; readonly locked: LockedPackage }> {
  const entries = lock.packages ?? {}
  const found = new Map<string, { path: string; locked: LockedPackage }>()
  const visit = (name: string, parent: string, optional: boolean): void => {
    const path = resolveEntry(entries, name, parent)
    const entry = path === undefined ? undefined : entries[path]
    if (path === undefined || entry === undefined) {
      if (optional) return
      throw new Error(`expected ${name} in ${lockFile} but it is not there: run \`npm install\``)
    }
    if (!fitsLambda(entry) || found.has(name)) return
    const locked = { name, version: entry.version, integrity: entry.integrity ?? '', optional }
    found.set(name, { path, locked })
    for (const needed of Object.keys(entry.dependencies ?? {})) visit(needed, path, false)
    for (const needed of Object.keys(entry.optionalDependencies ?? {})) visit(needed, path, true)
  }
  visit('sharp', '', false)
  return found
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
