import type { Recorder } from './recorder.ts'

/** Where progress is shown: a terminal, or nowhere. */
export interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

/** Writes a line a second of what `recorder` has, where `screen` is a terminal, until the function that it returns is called. */
export function showProgress(name: string, recorder: Recorder, screen: Screen = process.stderr): () => void {
  if (!screen.isTTY) return () => {}
  let seconds = 0
  const timer = setInterval(() => {
    const { offered, served, hitRatio, p99Ms } = recorder.peek()
    seconds++
    screen.write(
      `${name.padEnd(8)} ${String(seconds).padStart(3)} s   offered ${offered}/s   served ${served}/s   hits ${(hitRatio * 100).toFixed(1)} %   p99 ${p99Ms.toFixed(1)} ms\n`,
    )
  }, 1000)
  return () => clearInterval(timer)
}
