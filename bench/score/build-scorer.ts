import { execFile } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The crate that scores, from crates.io, as `scorer/Cargo.toml` pins it. */
export const scorerCrate = 'fast-ssim2 0.9.1'

const manifest = fileURLToPath(new URL('scorer/Cargo.toml', import.meta.url))

/**
 * Builds the scorer, unless it is built, in a folder outside the repository, and returns the program's path.
 *
 * @throws Error where there is no Rust, with what to install; with what cargo says where it fails.
 */
export async function buildScorer(): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const target = join(cache, 'fovea-scorer')
  try {
    await promisify(execFile)(
      'cargo',
      ['build', '--quiet', '--release', '--locked', '--manifest-path', manifest, '--target-dir', target],
      { maxBuffer: 2 ** 24 },
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error(
      'expected cargo, which builds the scorer, but there is none: install Rust 1.89 or later, as https://rustup.rs says',
    )
  }
  return join(target, 'release', process.platform === 'win32' ? 'fovea-scorer.exe' : 'fovea-scorer')
}
