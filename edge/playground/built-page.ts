import { join } from 'node:path'
import { root } from '../project.ts'

/** Where `edge/playground/build.ts` puts the page. */
export const builtPage = join(root, 'build/playground')
