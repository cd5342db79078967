import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Stage } from 'aws-cdk-lib'
import { Code, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { readSharpPackages } from './sharp-packages.ts'

/** What the transformer's Lambda is made from. */
export interface TransformerAsset {
  readonly code: Code
  /** Digest of the bundle and of the sharp it is packaged with; part of every ETag, as `FOVEA_FINGERPRINT`. */
  readonly hash: string
  /** Whether the folder holds sharp for the Lambda's platform; without it every request would fail. */
  readonly packaged: boolean
}

/** Returns the transformer's folder as a Lambda asset. Works unpackaged, so that a synthesis needs no network. */
export function readTransformerAsset(lambdaFolder: string, lockFile: string): TransformerAsset {
  const hash = hashTransformer(lambdaFolder, lockFile)
  return {
    code: Code.fromAsset(lambdaFolder, { assetHash: hash }),
    hash,
    packaged: isPackaged(lambdaFolder, lockFile),
  }
}

/**
 * Returns the sha256, in hex, of the bundle's own files and of the sharp that the lock file pins.
 * `node_modules` is left out: packaged and unpackaged folders give the same template, and what is in there follows from
 * the lock file.
 */
export function hashTransformer(lambdaFolder: string, lockFile: string): string {
  if (!existsSync(join(lambdaFolder, 'index.js'))) {
    throw new Error(
      `the transformer is not built: ${lambdaFolder} holds no index.js, run \`npm run build\` first`,
    )
  }
  const hash = createHash('sha256')
  const files = readdirSync(lambdaFolder, { withFileTypes: true }).filter((entry) => entry.isFile())
  for (const name of files.map((file) => file.name).sort()) {
    const bytes = readFileSync(join(lambdaFolder, name))
    // The length keeps two files from being mistaken for one.
    hash.update(`${name}\n${bytes.length}\n`).update(bytes)
  }
  for (const { name, version, integrity } of readSharpPackages(lockFile)) {
    hash.update(`${name}@${version} ${integrity}\n`)
  }
  return hash.digest('hex')
}

/** Returns whether the folder holds sharp and all it needs on the Lambda's platform, in the lock file's versions. */
export function isPackaged(lambdaFolder: string, lockFile: string): boolean {
  return readSharpPackages(lockFile).every(({ name, version }) => {
    const manifest = join(lambdaFolder, 'node_modules', name, 'package.json')
    return (
      existsSync(manifest) &&
      (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version === version
    )
  })
}

/**
 * Copies the folder anew where the cloud assembly still holds it from before it was packaged: the CDK copies an asset only
 * once per hash, and this hash is the same before and after. Else a deployment would be let through without sharp.
 */
export function refreshStagedAsset(
  transformer: LambdaFunction,
  lambdaFolder: string,
  lockFile: string,
): void {
  const asset = transformer.node.tryFindChild('Code')
  if (!(asset instanceof Asset)) throw new Error('expected an Asset named Code inside the transformer')
  const staged = resolve(Stage.of(transformer)?.outdir ?? '', asset.assetPath)
  // Without staging (`cdk --no-staging`) the asset is the folder itself.
  if (staged === resolve(lambdaFolder)) return
  if (isPackaged(staged, lockFile) === isPackaged(lambdaFolder, lockFile)) return
  rmSync(staged, { recursive: true })
  cpSync(lambdaFolder, staged, { recursive: true })
}
