import type { Source } from '../original/inspect.ts'
import type { Plan } from '../plan/plan.ts'
import type { Sharp } from '../sharp.ts'

/** One change to a picture, as the plan has it. */
export type Step = (picture: Sharp, plan: Plan, source: Source) => Sharp

/** `picture` after `steps`, in their order. */
export function applySteps(steps: readonly Step[], picture: Sharp, plan: Plan, source: Source): Sharp {
  return steps.reduce((changed, step) => step(changed, plan, source), picture)
}
