import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { AskAnswer, OriginalEntry, Setup, ViewerEntry } from '../../api.ts'
import type { Refusal, VariantFacts } from '../request/read-answer.ts'
import type { Choices } from './choices.ts'
import type { Latest } from './use-latest.ts'

/** All that the parts of the page know of each other. */
export interface Playground {
  choices: Choices
  change: (changed: Partial<Choices>) => void
  setup: Setup
  viewers: readonly ViewerEntry[]
  originals: readonly OriginalEntry[]
  /** Asks for the list anew; resolves when it is here. */
  reloadOriginals: () => Promise<void>
  /** What the edge answered to the request of {@link Choices}. */
  answer: Latest<AskAnswer>
  /** Why it gave no picture. */
  refusal: Refusal | undefined
  /** What it made. */
  variant: VariantFacts | undefined
  /** Sends the same request again. */
  askAgain: () => void
}

export const PlaygroundContext = createContext<Playground | undefined>(undefined)

/** What the page is about; for components within it. */
export function usePlayground(): Playground {
  const playground = useContext(PlaygroundContext)
  if (!playground) throw new Error('expected a component within the page')
  return playground
}
