import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defaultBuiltFiles } from './built-files.ts'
import { type LockedPackage, lambdaPlatform, readSharpPackages } from './sharp-packages.ts'

// `npm run package`: adds sharp for the Lambda's platform to the built transformer. Needs npm's registry, no Docker.
// An argument names another folder than build/lambda.
const folder = resolve(process.argv[2] ?? defaultBuiltFiles.lambdaFolder)
const modules = join(folder, 'node_modules')
const packages = readSharpPackages(defaultBuiltFiles.lockFile)

if (!existsSync(join(folder, 'index.js'))) fail(`${folder} holds no index.js: run \`npm run build\` first`)
writeManifest()
// From nothing, so that no other version's binaries stay behind.
rmSync(modules, { recursive: true, force: true })
install()
verifyIntegrity()
removeInstallerFiles()
console.log(`${folder}: ${packages.map(nameWithVersion).join(', ')}; ${megabytes(folder)} MB unzipped`)

/** The transformer's build writes it; npm would install into the repository itself if it were missing. */
function writeManifest(): void {
  const file = join(folder, 'package.json')
  if (existsSync(file)) return
  const version = packages.find(({ name }) => name === 'sharp')?.version
  const manifest = {
    name: 'fovea-transformer',
    private: true,
    type: 'commonjs',
    dependencies: { sharp: version },
  }
  writeFileSync(file, `${JSON.stringify(manifest)}\n`)
}

/**
 * sharp's dependencies are named too, with the lock file's versions, or npm would take the newest that fit. Not the binaries:
 * sharp pins those exactly, and npm refuses another platform's package when it is asked for by name.
 */
function install(): void {
  const names = packages.filter(({ optional }) => !optional).map(nameWithVersion)
  const { os, cpu, libc } = lambdaPlatform
  const platform = [`--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`]
  const quiet = [
    '--ignore-scripts',
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const { status, error } = spawnSync('npm', ['install', ...platform, ...quiet, ...names], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) discard(`npm install ended with ${error?.message ?? `exit code ${status}`}`)
}

/** Security: the bytes must be those the lock file vouches for. npm notes what it unpacked in a lock file of its own. */
function verifyIntegrity(): void {
  const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { integrity?: string }>>
  }
  for (const { name, version, integrity } of packages) {
    const installed = lock.packages[`node_modules/${name}`]?.integrity
    if (installed !== integrity)
      discard(`expected ${integrity} for ${name}@${version} but received ${installed}`)
  }
}

/** npm's own lock files name the registry they were made from, and `.bin` is links: neither belongs in an asset. */
function removeInstallerFiles(): void {
  for (const path of [
    join(modules, '.package-lock.json'),
    join(modules, '.bin'),
    join(folder, 'package-lock.json'),
  ]) {
    rmSync(path, { recursive: true, force: true })
  }
}

function nameWithVersion({ name, version }: LockedPackage): string {
  return `${name}@${version}`
}

function megabytes(path: string): string {
  const bytes = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(path, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0)
  return (bytes / 1e6).toFixed(1)
}

/** Never half a package: what is there is either whole or refused. */
function discard(message: string): never {
  rmSync(modules, { recursive: true, force: true })
  fail(message)
}

function fail(message: string): never {
  console.error(`package: ${message}`)
  process.exit(1)
}
