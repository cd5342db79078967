import { blameOriginal } from './blame.ts'
import type { Overlay } from './draw-overlay.ts'
import { encodePicture, type Rendering } from './encode.ts'
import type { Source } from './original/inspect.ts'
import type { Plan } from './plan/plan.ts'
import { isReshaped, reshapeFrames } from './reshape-frames.ts'
import { shapePicture } from './shape.ts'
import type { SharpModule } from './sharp.ts'
import { convertDeep } from './steps/colour.ts'
import { drawFactor } from './steps/geometry.ts'
import { applySteps, type Step } from './steps/step.ts'

/**
 * Makes the variant: one sharp pipeline, its steps in order.
 *
 * @throws TransformError `undecodable`, `failed` where memory runs out.
 */
export async function renderVariant(
  bytes: Buffer,
  source: Source,
  plan: Plan,
  sharp: SharpModule,
  overlay?: Overlay,
): Promise<Rendering> {
  try {
    const opened = sharp(bytes, openOptions(source, plan))
    const shaped = isReshaped(source, plan, overlay)
      ? await reshapeFrames(opened, source, plan, sharp, overlay)
      : await shapePicture(applySteps([orient, convert], opened, plan, source), plan, source, sharp, overlay)
    return await encodePicture(shaped, plan, sharp)
  } catch (error) {
    throw blameOriginal(`a whole ${source.format} file`, 'a damaged one', error)
  }
}

function openOptions(source: Source, plan: Plan) {
  const { frames } = plan
  const pages = frames === 'all' ? { pages: -1 } : { page: frames }
  // 'error' stops at truncated data, and lets pass what decoders only warn of, such as a broken colour profile.
  const options = { failOn: 'error', limitInputPixels: false, ...(source.pages > 1 && pages) } as const
  if (source.format !== 'svg') return options
  // Vector graphics are drawn at the size wanted: 72 dpi is what their own width and height mean.
  return { ...options, density: Math.min(100_000, Math.max(1, 72 * drawFactor(plan, source))) }
}

/** Browsers do not turn animations, and sharp would turn the stack of frames. */
const orient: Step = (picture, { frames }) => (frames === 'all' ? picture : picture.autoOrient())

const convert: Step = (picture, _plan, source) => convertDeep(picture, source)
