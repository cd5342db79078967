import { formatFaults, judgeFaults } from './faults/report.ts'
import { runFaults } from './faults/run.ts'
import { chooseFaults, faults, listFaults } from './faults/table.ts'
import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:faults`: what viewers see of everything that can fail, and what is left in the cache after it.

if (process.argv.includes('--list')) process.stdout.write(listFaults())
else
  await runBench({
    script: 'bench:faults',
    purpose: 'what viewers see of everything that can fail, and what is left in the cache after it',
    options: {
      seconds: {
        placeholder: 'S',
        text: 'seconds that each fault lasts, at least: some need more',
        default: 4,
        min: 1,
        max: 600,
      },
      rps: {
        placeholder: 'N',
        text: 'requests a second, a ninth of them misses',
        default: 35,
        min: 5,
        max: 1000,
      },
    },
    flags: { list: 'say which faults there are' },
    lists: {
      fault: { placeholder: 'NAMES', text: 'these faults alone', choices: faults.map(({ name }) => name) },
    },
    async measure({ seconds, rps }, { lists }) {
      const chosen = chooseFaults([...lists.fault])
      const say = (line: string) => void process.stderr.write(`${line}\n`)
      const figures = await runFaults({ faults: chosen, seconds, requestsPerSecond: rps, say })
      // A part of the table is no result to keep.
      if (chosen.length === faults.length) await writeResult('faults', figures)
      return figures
    },
    format: formatFaults,
    judge: judgeFaults,
  })
