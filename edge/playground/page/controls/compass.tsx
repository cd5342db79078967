/** The nine places of a picture as a grid of radio buttons. */
export function Compass({
  name,
  points,
  value,
  onChoose,
}: {
  name: string
  /** In reading order. */
  points: readonly string[]
  value: string | undefined
  onChoose: (point: string) => void
}) {
  return (
    <div class="compass" role="radiogroup" aria-label={`${name}, nine places`}>
      {points.map((point) => (
        <label key={point} title={point}>
          <input
            type="radio"
            name={`${name}-compass`}
            aria-label={point}
            checked={point === value}
            onChange={() => onChoose(point)}
          />
          <span class="compass-point" aria-hidden="true" />
        </label>
      ))}
    </div>
  )
}
