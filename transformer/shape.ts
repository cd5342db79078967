import { lay, type Overlay } from './draw-overlay.ts'
import type { Source } from './original/inspect.ts'
import type { Plan } from './plan/plan.ts'
import type { Sharp, SharpModule } from './sharp.ts'
import { hasCanvas, hasColouredMargin, surround, underlay } from './steps/canvas.ts'
import { cut, scale, seek, seeksLater, select, turn } from './steps/geometry.ts'
import { blur, contrast, modulate, round, sharpen, tint } from './steps/retouch.ts'
import { applySteps, type Step } from './steps/step.ts'

/** Steps that sharp has in this order too, whatever order they are named in. */
interface Pass {
  steps: readonly Step[]
  /** Whether what went before must be pixels first: sharp would do it later than these steps. */
  startsAnew: (plan: Plan) => boolean
}

/** What changes the pixels, in order. */
const passes: readonly Pass[] = [
  { steps: [select, scale, turn, cut], startsAnew: () => false },
  { steps: [seek, blur, sharpen], startsAnew: seeksLater },
  // Within one pipeline, sharp would have these work on colours multiplied by their opacity.
  { steps: [modulate, contrast, tint, round], startsAnew: changesColours },
  // sharp flattens first of all, and blurs, tints and rounds what margins have been added to.
  {
    steps: [surround, underlay],
    // Of a grey picture sharp makes margins grey: as pixels, it is sRGB.
    // Of what is cut and then given margins, sharp 0.35.5 tells the size before these.
    startsAnew: (plan) =>
      hasColouredMargin(plan) ||
      (plan.geometry.crop !== undefined && plan.geometry.margin !== undefined) ||
      (plan.retouch !== undefined && hasCanvas(plan)),
  },
]

/** `picture` with all that the plan does to its pixels: in one pipeline of sharp where its order allows. */
export async function shapePicture(
  picture: Sharp,
  plan: Plan,
  source: Source,
  sharp: SharpModule,
  overlay?: Overlay,
): Promise<Sharp> {
  let shaped = picture
  for (const { steps, startsAnew } of passes) {
    if (startsAnew(plan)) shaped = await settle(shaped, sharp)
    shaped = applySteps(steps, shaped, plan, source)
  }
  return overlay ? lay(overlay, await settle(shaped, sharp), sharp) : shaped
}

/** A picture of the pixels that `picture` has come to, in sRGB. */
async function settle(picture: Sharp, sharp: SharpModule): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
}

function changesColours({ retouch }: Plan): boolean {
  return [retouch?.modulate, retouch?.contrast, retouch?.tint].some((each) => each !== undefined)
}
