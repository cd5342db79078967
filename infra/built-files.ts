import { fileURLToPath } from 'node:url'

/** The root of the repository (or of the installed package), an absolute path. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the other parts' build results lie; all that the infrastructure knows of them, besides settings. */
export interface BuiltFiles {
  /** The edge function, one file that holds the settings' placeholder. */
  readonly viewerFunctionFile: string
  /** The transformer's folder: `index.js`, `package.json` and, once packaged, `node_modules`. */
  readonly lambdaFolder: string
  /** A folder for each function beside the transformer: `freshness` and `keys`, each with `index.js` and `package.json`. */
  readonly functionsFolder: string
  /** The lock file that says which sharp the Lambda gets. */
  readonly lockFile: string
}

/** What `npm run build` writes: absolute paths, so that an app may be run from any folder. */
export const defaultBuiltFiles: BuiltFiles = {
  viewerFunctionFile: fileURLToPath(new URL('../build/viewer-fn/index.js', import.meta.url)),
  lambdaFolder: fileURLToPath(new URL('../build/lambda', import.meta.url)),
  functionsFolder: fileURLToPath(new URL('../build/functions', import.meta.url)),
  lockFile: fileURLToPath(new URL('../package-lock.json', import.meta.url)),
}
