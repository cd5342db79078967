/** The browser's own choice of a colour, as hex without `#`; the transparency that a value has is kept. */
export function ColourPicker({
  label,
  value,
  onChoose,
}: {
  label: string
  value: string | undefined
  onChoose: (value: string) => void
}) {
  const hex = /^#?([\da-f]{6})([\da-f]{2})?$/i.exec(value ?? '')
  const short = /^#?([\da-f])([\da-f])([\da-f])$/i.exec(value ?? '')
  const named: Readonly<Record<string, string>> = { black: '000000', white: 'ffffff' }
  const shown =
    hex?.[1] ??
    short
      ?.slice(1)
      .map((digit) => digit + digit)
      .join('') ??
    named[value ?? ''] ??
    '808080'
  return (
    <input
      type="color"
      class={value === undefined ? 'colour colour-unset' : 'colour'}
      aria-label={`${label}, colour`}
      value={`#${shown.toLowerCase()}`}
      onInput={(event) => onChoose(event.currentTarget.value.slice(1) + (hex?.[2] ?? ''))}
    />
  )
}
