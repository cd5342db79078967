import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { firstSentence, InlineText } from '../parts/inline-text.tsx'
import { describeRefusal } from '../request/describe-refusal.ts'
import { listConcerned } from '../request/read-answer.ts'
import { readParameter, writeParameter } from '../request/request-url.ts'
import { usePlayground } from '../state/playground.ts'
import { type ControlPlan, planControl } from './plan-control.ts'
import { ValuePicker } from './value-picker.tsx'

/** The control of one parameter, made from its row of the table. */
export function ParameterControl({ row, bounded }: { row: ParameterRow; bounded: boolean }) {
  const { choices, change, refusal } = usePlayground()
  const plan = planControl(row)
  const value = readParameter(choices.url, row.name)
  const refused = refusal && listConcerned(refusal).includes(row.name) ? refusal : undefined
  const choose = (chosen: string | undefined) =>
    change({ url: writeParameter(choices.url, row.name, chosen || undefined) })
  const onlyWord = plan.words.length === 1 && !plan.range && !plan.shape ? plan.words[0] : undefined
  const isTyped = plan.range !== undefined || plan.shape !== undefined
  const id = `parameter-${row.name}`
  const described = refused ? `${id}-help ${id}-refusal` : `${id}-help`
  return (
    <div
      class={`control${value === undefined ? '' : ' control-set'}${refused ? ' control-refused' : ''}`}
      data-parameter={row.name}
    >
      <div class="control-head">
        <Name for={isTyped || onlyWord !== undefined ? id : undefined}>
          {row.name}
          {plan.unit && <span class="unit"> {plan.unit}</span>}
        </Name>
        {bounded && !plan.unsigned && <span class="needs-signing">signed only</span>}
        {value !== undefined && (
          <button
            type="button"
            class="reset"
            onClick={() => choose(undefined)}
            aria-label={`Leave ${row.name} out`}
          >
            ×
          </button>
        )}
      </div>
      {onlyWord === undefined ? (
        <div class="control-inputs">
          <ValuePicker row={row} plan={plan} value={value} described={described} onChoose={choose} />
          {isTyped && (
            <input
              id={id}
              type="text"
              class="value"
              value={value ?? ''}
              placeholder={placeholders[plan.shape ?? 'number']}
              autocomplete="off"
              spellcheck={false}
              inputMode={plan.range && !plan.words.length ? 'decimal' : 'text'}
              aria-describedby={described}
              aria-invalid={refused ? true : undefined}
              onInput={(event) => choose(event.currentTarget.value)}
            />
          )}
        </div>
      ) : (
        <div class="control-inputs">
          <input
            id={id}
            type="checkbox"
            class="switch"
            checked={value === onlyWord}
            aria-describedby={described}
            onChange={(event) => choose(event.currentTarget.checked ? onlyWord : undefined)}
          />
          <code aria-hidden="true">{`${row.name}=${onlyWord}`}</code>
        </div>
      )}
      <Help row={row} id={`${id}-help`} />
      {refused && (
        <p class="control-refusal" id={`${id}-refusal`}>
          {describeRefusal(refused)}
        </p>
      )}
    </div>
  )
}

/** What is typed, by example. */
const placeholders: Readonly<Record<NonNullable<ControlPlan['shape']> | 'number', string>> = {
  number: '–',
  ratio: '16-9',
  box: 'left_top_width_height',
  point: '0.3_0.75',
  colour: 'hex',
  tag: 'letters, digits, . _ -',
  text: 'text',
}

/** The name of a parameter: a label where there is one field, which pickers that stand alone have of their own. */
function Name({ for: id, children }: { for: string | undefined; children: ComponentChildren }) {
  return id === undefined ? (
    <span class="name">{children}</span>
  ) : (
    <label class="name" for={id}>
      {children}
    </label>
  )
}

function Help({ row, id }: { row: ParameterRow; id: string }) {
  const [open, setOpen] = useState(false)
  const { text, values, default: byDefault } = row.documentation
  return (
    <div class="help">
      <p id={id}>
        <InlineText text={open ? text : firstSentence(text)} />{' '}
        <button type="button" class="more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'less' : 'more'}
          <span class="hidden"> about {row.name}</span>
        </button>
      </p>
      {open && (
        <dl>
          <dt>Values</dt>
          <dd>
            <InlineText text={values} />
          </dd>
          <dt>Without it</dt>
          <dd>
            <InlineText text={byDefault} />
          </dd>
          {row.spellings.length > 1 && (
            <>
              <dt>Also</dt>
              <dd>
                <code>{row.spellings.slice(1).join(', ')}</code>
              </dd>
            </>
          )}
        </dl>
      )}
    </div>
  )
}
