import { type NumberRange, numberAt, positionOf, sliderSteps } from './plan-control.ts'

/** A slider over a range of numbers; it stands at the left, faintly, while there is no number. */
export function NumberSlider({
  label,
  range,
  unit,
  value,
  onChoose,
}: {
  label: string
  range: NumberRange
  unit: string
  value: string | undefined
  onChoose: (value: string) => void
}) {
  const number =
    value === undefined || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value)
  return (
    <input
      type="range"
      class={number === undefined ? 'slider slider-unset' : 'slider'}
      aria-label={`${label}, slider`}
      aria-valuetext={number === undefined ? 'not set' : `${number} ${unit}`.trim()}
      min={0}
      max={sliderSteps}
      step={1}
      value={number === undefined ? 0 : positionOf(number, range)}
      onInput={(event) => onChoose(String(numberAt(Number(event.currentTarget.value), range)))}
      onKeyDown={(event) => {
        const by = keySteps[event.key]
        if (by === undefined) return
        event.preventDefault()
        const next = (number ?? range.min) + by * keyStep(range, number ?? range.min)
        const digits = range.step < 1 ? 2 : 0
        onChoose(String(Number(Math.min(range.max, Math.max(range.min, next)).toFixed(digits))))
      }}
    />
  )
}

const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
}

/** About a hundredth of where one is, so that a key moves what one sees. */
function keyStep({ step, max }: NumberRange, at: number): number {
  return step < 1 ? Math.max(0.1, max / 100) : Math.max(1, Math.round(Math.min(at, max) / 50))
}
