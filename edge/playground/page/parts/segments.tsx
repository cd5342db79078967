/** Choice of one of a few, side by side; none where `value` is none of them. */
export function Segments<Value extends string>({
  label,
  options,
  value,
  onChoose,
  name,
  unset = false,
}: {
  /** What is chosen, for who does not see it. */
  label: string
  options: readonly (readonly [value: Value, text: string])[]
  value: Value | undefined
  /** Of the group of radio buttons: no other group of the page has it. */
  name: string
  onChoose: (value: Value | undefined) => void
  /** Whether choosing the chosen one again takes it back. */
  unset?: boolean
}) {
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {options.map(([option, text]) => (
        <label key={option} class="segment">
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChoose(option)}
            onClick={() => unset && option === value && onChoose(undefined)}
          />
          <span class="segment-text">{text}</span>
        </label>
      ))}
    </div>
  )
}
