import { useEffect, useState } from 'preact/hooks'
import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { type ParameterName, parameters } from '../../../../grammar/parameters.ts'
import { findAccess } from '../access/find-access.ts'
import { listConcerned } from '../request/read-answer.ts'
import { readKey, readPieces, splitRequestUrl } from '../request/request-url.ts'
import { usePlayground } from '../state/playground.ts'
import { type ControlGroup, controlGroups, groupOf } from './control-groups.ts'
import { ParameterControl } from './parameter-control.tsx'

const rows: readonly ParameterRow[] = parameters

/** All parameters of the URL language, in groups. */
export function ControlsPanel() {
  const { choices, change, setup, refusal } = usePlayground()
  const access = findAccess(setup.access, readKey(choices.url))
  const named = readPieces(choices.url).map(({ name }) => name)
  const concerned = refusal ? listConcerned(refusal) : []
  return (
    <aside class="controls" aria-labelledby="controls-title">
      <div class="panel-head">
        <h2 id="controls-title">Parameters</h2>
        <button
          type="button"
          class="quiet"
          disabled={named.length === 0}
          onClick={() => change({ url: splitRequestUrl(choices.url).path })}
        >
          Reset all
        </button>
      </div>
      {(Object.keys(controlGroups) as ControlGroup[]).map((group) => (
        <Group
          key={group}
          group={group}
          named={named}
          refused={concerned.some((name) => groupOf[name as ParameterName] === group)}
          bounded={access !== 'open'}
        />
      ))}
    </aside>
  )
}

/** Where the controls are beside the picture. Below it they would keep the rest of the page out of reach. */
const wide = '(min-width: 46rem)'

function Group({
  group,
  named,
  refused,
  bounded,
}: {
  group: ControlGroup
  named: readonly string[]
  refused: boolean
  bounded: boolean
}) {
  const own = rows.filter(({ name }) => groupOf[name as ParameterName] === group)
  const set = own.filter(({ name }) => named.includes(name)).length
  const [open, setOpen] = useState<boolean>(() => controlGroups[group].open && matchMedia(wide).matches)
  // What the edge refuses must be seen, wherever its control is.
  useEffect(() => {
    if (refused) setOpen(true)
  }, [refused])
  return (
    <details
      class="control-group"
      open={open}
      data-group={group}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span>{controlGroups[group].title}</span>
        {set > 0 && <span class="count">{set} set</span>}
      </summary>
      {open &&
        own.map((row) => (
          <ParameterControl key={row.name} row={row} bounded={bounded && group !== 'signature'} />
        ))}
    </details>
  )
}
