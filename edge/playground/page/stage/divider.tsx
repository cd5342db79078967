/** How far a key moves the divider, in per cent. */
const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -100,
  End: 100,
}

/** The line between original and result, which one drags or moves by keys. */
export function Divider({
  split,
  style,
  onMove,
  onDrag,
}: {
  /** Per cent of the picture's width. */
  split: number
  style: Record<string, string>
  onMove: (split: number) => void
  /** Where it is dragged to, in pixels of the window. */
  onDrag: (clientX: number) => void
}) {
  return (
    <div
      class="divider"
      role="slider"
      tabIndex={0}
      aria-label="Divider between original and result"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(split)}
      aria-valuetext={`${Math.round(split)} % original, ${100 - Math.round(split)} % result`}
      style={style}
      onKeyDown={(event) => {
        const by = keySteps[event.key]
        if (by === undefined) return
        event.preventDefault()
        onMove(Math.min(100, Math.max(0, split + by)))
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.focus()
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(event.clientX)
      }}
    >
      <span class="grip">
        <svg aria-hidden="true" viewBox="0 0 20 20" width="18" height="18">
          <path
            d="M7.5 5 3 10l4.5 5M12.5 5l4.5 5-4.5 5"
            fill="none"
            stroke="currentColor"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
      </span>
    </div>
  )
}
