import type { VariantParameters } from '../../../grammar/parameters.ts'
import { drawEdge } from '../../images/drawing.ts'
import { createTransformer } from '../run.ts'

// Says what a fresh process answers to a variant of a drawing, and whether it loaded libvips for it.
const [key = '', format = ''] = process.argv.slice(2)
const { get } = createTransformer({ [key]: drawEdge(100, 100) })
const { headers } = await get(key, { format: format as VariantParameters['format'] })
const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
const loaded = sharedObjects.some((name) => name.includes('libvips')) ? 'with' : 'without'
process.stdout.write(`${headers['content-type']} ${loaded} libvips`)
