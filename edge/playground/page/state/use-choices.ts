import { useCallback, useEffect, useReducer } from 'preact/hooks'
import { type Choices, formatHash, readHash } from './choices.ts'

/** Browsers refuse to note a page's address more often than some hundred times in half a minute. */
const noteDelayMs = 300

/** What one has chosen, kept in the fragment of the page's address, and a function that changes some of it. */
export function useChoices(): [Choices, (changed: Partial<Choices>) => void] {
  const [choices, change] = useReducer<Choices, Partial<Choices>, string>(
    (known, changed) => ({ ...known, ...changed }),
    location.hash,
    readHash,
  )
  useEffect(() => {
    const follow = () => change(readHash(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  useEffect(() => {
    const note = () => history.replaceState(null, '', formatHash(choices))
    const timer = setTimeout(note, noteDelayMs)
    return () => clearTimeout(timer)
  }, [choices])
  return [choices, useCallback((changed: Partial<Choices>) => change(changed), [])]
}
