// Loaded before a sandbox and whatever it forks. A packaged asset holds sharp for arm64 Linux: this machine's comes from
// the project's own dependencies.

import Module, { createRequire } from 'node:module'

type Resolve = (request: string, ...rest: unknown[]) => string

const internals = Module as unknown as { _resolveFilename: Resolve }
const resolve = internals._resolveFilename
// Built into `build/edge`, within the project. Before the change below, which it would ask itself.
const ownSharp = createRequire(__filename).resolve('sharp')
internals._resolveFilename = (request, ...rest) =>
  request === 'sharp' ? ownSharp : resolve(request, ...rest)
