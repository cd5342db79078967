import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { buildPlayground } from './playground/build.ts'
import { root, sandboxScript } from './project.ts'

/**
 * Builds everything that a deployment and the local edge run: viewer function, transformer, command line, the small functions
 * and the playground side by side, then the template that names them. Each part is the very command that `npm run build` and `npm run synth` run.
 *
 * @throws Error with the output of the part that failed.
 */
export async function buildAll(): Promise<void> {
  await Promise.all([
    runScript('viewer-fn/build.ts'),
    runScript('transformer/build.ts'),
    runScript('signer/build.ts'),
    runScript('infra/functions/build.ts'),
    buildSandbox(),
    buildPlayground(),
  ])
  await runScript('infra/app.ts')
}

/** Bundles the scripts that stand for a Lambda sandbox. */
async function buildSandbox(): Promise<void> {
  await build({
    entryPoints: [join(root, 'edge/lambda/sandbox.ts'), join(root, 'edge/lambda/own-sharp.ts')],
    outdir: dirname(sandboxScript),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  })
}

function runScript(script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, script)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
      })
    }
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${dirname(script)}: the build failed\n${output}`))
    })
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildAll()
