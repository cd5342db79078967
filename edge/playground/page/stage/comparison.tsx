import { useRef, useState } from 'preact/hooks'
import { usePlayground } from '../state/playground.ts'
import { Divider } from './divider.tsx'
import { layOut } from './layout.ts'
import { useSize } from './use-size.ts'

/** The original over the result, pixel on pixel, as far as the divider. */
export function Comparison({
  picture,
  reference,
  compared,
  width,
  height,
}: {
  /** URL of the result. */
  picture: string
  /** URL of the original in the same pixels; undefined while there is none. */
  reference: string | undefined
  /** Whether there is, or will be, an original to compare with. */
  compared: boolean
  width: number
  height: number
}) {
  const { choices, change } = usePlayground()
  const frame = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const stage = useSize(frame)
  const [scrolled, setScrolled] = useState(0)
  const [ready, setReady] = useState('')
  const place = layOut({ width, height }, stage, choices.zoom, devicePixelRatio)
  const at = (choices.split / 100) * place.visibleWidth
  const isScrollable = place.width > stage.width + 1 || place.height > stage.height + 1
  const moveTo = (clientX: number) => {
    const left = (frame.current?.getBoundingClientRect().left ?? 0) + place.left
    const share = ((clientX - left) / place.visibleWidth) * 100
    change({ split: Math.round(Math.min(100, Math.max(0, share)) * 10) / 10 })
  }
  return (
    <div class="stage-frame" ref={frame}>
      {stage.width > 0 && (
        <div
          class="stage-scroller"
          ref={scroller}
          {...(isScrollable ? { tabIndex: 0, role: 'region', 'aria-label': 'Picture, scrollable' } : {})}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          onPointerDown={(event) => {
            if (event.button !== 0 || (event.pointerType === 'touch' && isScrollable)) return
            event.currentTarget.setPointerCapture(event.pointerId)
            if (!isScrollable && compared) moveTo(event.clientX)
          }}
          onPointerMove={(event) => {
            if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
            if (isScrollable) event.currentTarget.scrollBy(-event.movementX, -event.movementY)
            else if (compared) moveTo(event.clientX)
          }}
        >
          <div
            class={`stage-picture checkerboard${place.scale > 1 ? ' stage-pixels' : ''}`}
            style={{
              width: `${place.width}px`,
              height: `${place.height}px`,
              marginLeft: `${place.left}px`,
              marginTop: `${place.top}px`,
            }}
          >
            <img class="result" src={picture} alt="Result" draggable={false} />
            {reference !== undefined && (
              <img
                class="reference checkerboard"
                src={reference}
                alt="Original, in the same pixels"
                draggable={false}
                hidden={ready !== reference}
                onLoad={() => setReady(reference)}
                onError={() => setReady('')}
                style={{ clipPath: `inset(0 ${Math.max(0, place.width - at - scrolled)}px 0 0)` }}
              />
            )}
          </div>
        </div>
      )}
      {compared && (
        <Divider
          split={choices.split}
          style={{
            left: `${place.left + at}px`,
            top: `${place.top}px`,
            height: `${place.visibleHeight}px`,
          }}
          onMove={(split) => change({ split })}
          onDrag={moveTo}
        />
      )}
    </div>
  )
}
