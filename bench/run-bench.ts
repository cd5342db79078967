import {
  type CommandLine,
  describeCommand,
  type FlagOptions,
  type ListOptions,
  type NumberOptions,
  readCommandLine,
} from './command-line.ts'
import { describeMachine, formatMachine, type Machine } from './machine.ts'

/** A bench: what it measures, how that reads, and what fails it. */
export interface Bench<Options extends NumberOptions, Figures extends object, Lists extends ListOptions> {
  /** Of package.json, such as `bench:hits`. */
  script: string
  /** One line. */
  purpose: string
  options: Options
  flags?: FlagOptions
  lists?: Lists
  measure(
    numbers: CommandLine<Options>['numbers'],
    flags: CommandLine<Options>['flags'],
    lists: CommandLine<Options, Lists>['lists'],
  ): Promise<Figures>
  /** For people. */
  format(figures: Figures): string
  /** The bounds that are missed, in words. */
  judge(figures: Figures, numbers: CommandLine<Options>['numbers']): string[]
}

/** What `--json` prints. */
export type Report<Figures extends object> = Figures & {
  /** ISO 8601. */
  date: string
  machine: Machine
  failures: string[]
}

/** Runs `bench` as the command line says, and sets the exit code: 1 where a bound is missed or nothing was measured. */
export async function runBench<
  Options extends NumberOptions,
  Figures extends object,
  Lists extends ListOptions = ListOptions,
>(bench: Bench<Options, Figures, Lists>): Promise<void> {
  try {
    const line = readCommandLine(process.argv.slice(2), bench.options, bench.flags, bench.lists)
    if (line) await run(bench, line)
    else {
      const { script, purpose, options, flags, lists } = bench
      process.stdout.write(describeCommand(script, purpose, options, flags, lists))
    }
  } catch (error) {
    process.stderr.write(`${bench.script}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

async function run<Options extends NumberOptions, Figures extends object, Lists extends ListOptions>(
  bench: Bench<Options, Figures, Lists>,
  { json, flags, numbers, lists }: CommandLine<Options, Lists>,
): Promise<void> {
  const machine = describeMachine()
  const figures = await bench.measure(numbers, flags, lists)
  const failures = bench.judge(figures, numbers)
  process.stdout.write(`${formatMachine(machine)}\n${bench.format(figures)}\n`)
  for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`)
  const report: Report<Figures> = { date: new Date().toISOString(), machine, ...figures, failures }
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  if (failures.length > 0) process.exitCode = 1
}
