import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { Segments } from '../parts/segments.tsx'
import { usePlayground } from '../state/playground.ts'
import { ColourPicker } from './colour-picker.tsx'
import { Compass } from './compass.tsx'
import { NumberSlider } from './number-slider.tsx'
import type { ControlPlan } from './plan-control.ts'

/** Words that stand side by side; more of them are a list to choose from. */
const maxSegments = 5

/** Characters that words side by side have room for. */
const maxSegmentCharacters = 26

/** Places in a compass. */
const compassPoints = 9

export interface PickerProps {
  row: ParameterRow
  plan: ControlPlan
  value: string | undefined
  /** Ids of what explains the parameter. */
  described: string
  onChoose: (value: string | undefined) => void
}

/** Ways to choose a value other than to type it. */
export function ValuePicker(props: PickerProps) {
  const { row, plan, value, onChoose } = props
  const isCompass = plan.words.includes('northwest')
  const words = isCompass ? plan.words.slice(compassPoints) : plan.words
  return (
    <>
      {isCompass && (
        <Compass
          name={row.name}
          points={plan.words.slice(0, compassPoints)}
          value={value}
          onChoose={onChoose}
        />
      )}
      <Words {...props} words={[...words, ...useSettingWords(row.name)]} />
      {plan.range && (
        <NumberSlider
          label={row.name}
          range={plan.range}
          unit={plan.unit}
          value={value}
          onChoose={onChoose}
        />
      )}
      {plan.shape === 'colour' && <ColourPicker label={row.name} value={value} onChoose={onChoose} />}
    </>
  )
}

function Words({ row, words, value, described, onChoose }: PickerProps & { words: readonly string[] }) {
  if (words.length === 0) return null
  if (words.length <= maxSegments && words.join('').length <= maxSegmentCharacters) {
    return (
      <Segments
        label={`${row.name}, choice`}
        name={`choice-${row.name}`}
        options={words.map((word) => [word, word] as const)}
        value={value}
        unset
        onChoose={onChoose}
      />
    )
  }
  return (
    <select
      aria-label={`${row.name}, choice`}
      aria-describedby={described}
      value={words.includes(value ?? '') ? value : ''}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    >
      <option value="">{value === undefined || words.includes(value) ? 'default' : value}</option>
      {words.map((word) => (
        <option key={word} value={word}>
          {word}
        </option>
      ))}
    </select>
  )
}

/** What the settings of the deployment add to the words of the table. */
function useSettingWords(name: string): readonly string[] {
  const { setup, originals } = usePlayground()
  if (name === 'aspect') return setup.aspects
  if (name === 'preset') return Object.keys(setup.presets)
  if (name === 'overlay') {
    return originals
      .map(({ key }) => key)
      .filter((key) => setup.overlayPrefix && key.startsWith(setup.overlayPrefix))
  }
  return []
}
