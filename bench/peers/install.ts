import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keepFile } from '../kept-file.ts'

/** Where a peer comes from; `own` is what Fovea has anyway. */
export type Source =
  | { kind: 'npm' | 'pypi'; packages: Readonly<Record<string, string>> }
  | { kind: 'go'; module: string; version: string }
  | { kind: 'own' }

const run = promisify(execFile)

/** Milliseconds that an installation may take: imgproxy is compiled with libvips's headers. */
const installTimeoutMs = 600_000

/** What installs each kind into a folder. */
const installers = {
  npm: async (folder: string, names: readonly string[]) => {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
    // No script of theirs is needed, nor run.
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock']
    await run('npm', ['install', ...options, ...names], { cwd: folder, timeout: installTimeoutMs })
  },
  pypi: async (folder: string, names: readonly string[]) => {
    await run('python3', ['-m', 'venv', folder])
    const pip = join(folder, 'bin/pip')
    await run(pip, ['install', '--disable-pip-version-check', ...names], { timeout: installTimeoutMs })
  },
  go: async (folder: string, names: readonly string[]) => {
    // libvips is linked with -s, which cgo must be told to allow.
    const env = { ...process.env, GOBIN: join(folder, 'bin'), CGO_LDFLAGS_ALLOW: '-s|-w' }
    await run('go', ['install', ...names], { cwd: folder, env, timeout: installTimeoutMs })
  },
} as const

/**
 * Installs a peer, once, in a folder for temporary files, each apart so that it has its own libraries, and returns the folder.
 *
 * @throws Error with the last of what the installer says.
 */
export async function installPeer(source: Source): Promise<string> {
  if (source.kind === 'own') return ''
  const names = listNames(source)
  const folder = join(tmpdir(), `fovea-bench-${names.join('-').replace(/[/=]+/g, '-')}`)
  await mkdir(folder, { recursive: true })
  await keepFile(join(folder, 'installed.json'), async (path) => {
    await installers[source.kind](folder, names).catch((error: unknown) => {
      throw new Error(`${source.kind} cannot install ${names.join(' ')}: ${readReason(error)}`)
    })
    await writeFile(path, JSON.stringify(names))
  })
  return folder
}

/** Such as `ipx 3.1.1`. */
export function describeSource(name: string, source: Source): string {
  if (source.kind === 'own') return name
  const version = source.kind === 'go' ? source.version : source.packages[name]
  return `${name} ${version?.replace(/^v/, '')}`
}

function listNames(source: Exclude<Source, { kind: 'own' }>): string[] {
  if (source.kind === 'go') return [`${source.module}@${source.version}`]
  const sign = source.kind === 'pypi' ? '==' : '@'
  return Object.entries(source.packages).map(([name, version]) => `${name}${sign}${version}`)
}

/** The last line that is not empty, without addresses: what an installer ends with is why it ended. */
function readReason(error: unknown): string {
  const { stderr = '', message } = error as Error & { stderr?: string }
  const lines = (stderr || message).split('\n').map((line) => line.trim())
  const last = lines.filter(Boolean).at(-1) ?? message
  return last.replace(/https?:\/\/\S+/g, '…')
}
