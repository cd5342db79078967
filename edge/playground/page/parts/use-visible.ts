import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

/** Whether an element has been scrolled into sight, or near it: what is costly waits for that. */
export function useVisible<Tag extends HTMLElement>(): [RefObject<Tag | null>, boolean] {
  const element = useRef<Tag>(null)
  const [visible, setVisible] = useState(false)
  useEffect(() => {
    if (!element.current) return
    const observer = new IntersectionObserver(
      (entries) => setVisible(entries.some((entry) => entry.isIntersecting)),
      { rootMargin: '100px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return [element, visible]
}
