import { formatTable } from '../../docs/markdown.ts'
import { uncounted } from '../faults/alarms.ts'
import type { FaultFigures } from '../faults/figures.ts'
import {
  countWrong,
  type FaultsFigures,
  formatAlarms,
  formatErrors,
  formatRecovery,
} from '../faults/report.ts'
import { faults as table } from '../faults/table.ts'
import { drawBars } from './bars.ts'
import type { Section } from './section.ts'

const played = (faults: readonly FaultFigures[]) => faults.filter(({ obstacle }) => obstacle === undefined)
const sum = (faults: readonly FaultFigures[], count: (fault: FaultFigures) => number) =>
  played(faults).reduce((all, fault) => all + count(fault), 0)
const formatCount = (value: number) => value.toLocaleString('en-GB')
const row = (name: string) => table.find((fault) => fault.name === name)
const countErrors = ({ errors }: FaultFigures) =>
  Object.values(errors.during).reduce((all, count) => all + count, 0)

/** What viewers see of what fails. */
export const faultsSection: Section<FaultsFigures> = {
  name: 'faults',
  command: 'npm run bench:faults',
  title: 'Faults',
  headlines: ({ faults }) => [
    {
      what: `wrong or truncated bodies in ${formatCount(sum(faults, ({ requests }) => requests))} answers through ${played(faults).length} faults; cached answers that differ from fresh ones afterwards, of ${formatCount(sum(faults, ({ sweep }) => sweep.compared))}`,
      figure: `${sum(faults, countWrong)}; ${sum(faults, ({ sweep }) => sweep.differ.length)}`,
    },
  ],
  charts: ({ faults }) => ({
    'faults.svg': drawBars(
      'Requests answered with an error while the fault lasted, percent',
      played(faults).map((fault) => {
        const share = (100 * countErrors(fault)) / Math.max(1, fault.requestsDuring)
        return { label: fault.name, value: share, text: `${share.toFixed(1)} %`, own: true }
      }),
    ),
  }),
  text: ({ faults, requestsPerSecond }) =>
    [
      `${requestsPerSecond} requests a second of the trace, a ninth of them misses, against the local edge with the template that is deployed. Each fault meets an edge of its own. Every answer is held against what a healthy edge makes of that original, of each content that it may have had at that moment; every different body is decoded. After each fault everything that was asked for is asked for again and compared with a fresh one.`,
      '',
      '![Errors](benchmarks/faults.svg)',
      '',
      formatTable(
        [
          'fault',
          'what is done',
          'by design',
          'viewers’ errors',
          'wrong bytes',
          'stale',
          'recovered',
          'swept: differ',
          'alarms',
        ],
        faults.map((fault) => {
          const { name, obstacle, errors, requestsDuring, stale, sweep } = fault
          const [done, design] = [row(name)?.done ?? '', row(name)?.design ?? '']
          return obstacle
            ? [name, done, design, `not played: ${obstacle}`, '', '', '', '', '']
            : [
                name,
                done,
                design,
                `${formatErrors(errors.during)} of ${requestsDuring}`,
                String(countWrong(fault)),
                String(stale),
                formatRecovery(fault),
                `${sweep.compared}: ${sweep.differ.length}`,
                formatAlarms(fault),
              ]
        }),
      ),
      '',
      'Errors: while the fault lasted, by status, of all requests of that time; those of originals that are missing and of bad values are none. Stale: answered with what was overdue by two days, as `stale-if-error` says. Recovered: from the end of the fault to the first second without an error. Alarms: of the template, those whose threshold the counts of that time pass, and how long the fault must go on until they start.',
      '',
      `Not told of here: ${Object.entries(uncounted)
        .map(([name, why]) => `\`${name}\` (${why})`)
        .join('; ')}.`,
      '',
      ...played(faults).flatMap(({ name, notes }) =>
        notes.length > 0 ? [`- ${name}: ${notes.join('; ')}.`] : [],
      ),
    ].join('\n'),
}
