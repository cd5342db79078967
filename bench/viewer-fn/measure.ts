import { median } from '../statistics.ts'
import {
  countCallInstructions,
  countInstructions,
  findVersion,
  idleCode,
  maxCalls,
  type NjsRun,
  runInNjs,
} from './njs.ts'
import { type MeasuredRequest, requests } from './requests.ts'
import { askInVm, timeInVm } from './vm.ts'

/** What one kind of request costs. */
export interface RequestCost {
  name: (typeof requests)[number]['name']
  /** Undefined where njs or valgrind is not installed. */
  instructions?: number
  /** Undefined where njs is not installed. */
  njsMicroseconds?: number
  vmMicroseconds: number
}

export interface ViewerFunctionFigures {
  /** Of the code with this deployment's settings, as CloudFront counts them. */
  bytes: number
  njs?: string
  valgrind?: string
  /** To load the file once, over an empty one. */
  startInstructions?: number
  costs: RequestCost[]
}

/** Calls that instructions are counted over. The count is the same on every run; over twice as many it is 2 % higher, since memory fills. */
const countedCalls = 50

/** Processes of njs that are timed. */
const njsRuns = 9

/** Measures the function in `code` with every request. */
export async function measureViewerFunction(code: string): Promise<ViewerFunctionFigures> {
  const njs = findVersion('njs', '-v')
  const valgrind = njs && findVersion('valgrind', '--version')
  const costs: RequestCost[] = []
  for (const request of requests) {
    const { name, event } = request
    checkAnswer('node:vm', await askInVm(code, event), request)
    costs.push({
      name,
      instructions: valgrind ? await countCallInstructions(code, event, countedCalls) : undefined,
      njsMicroseconds: njs ? await timeInNjs(code, request) : undefined,
      vmMicroseconds: await timeInVm(code, event),
    })
  }
  const startInstructions = valgrind
    ? (await countInstructions(code)) - (await countInstructions(''))
    : undefined
  return { bytes: Buffer.byteLength(code), njs, valgrind, startInstructions, costs }
}

/** Microseconds of a call in njs, median over processes, without those of an idle handler. */
async function timeInNjs(code: string, request: MeasuredRequest): Promise<number> {
  const differences: number[] = []
  for (let run = 0; run < njsRuns; run++) {
    const busy: NjsRun = await runInNjs(code, request.event, maxCalls)
    checkAnswer('njs', busy.answer, request)
    const idle = await runInNjs(idleCode, request.event, maxCalls)
    differences.push(busy.milliseconds - idle.milliseconds)
  }
  return (median(differences) / maxCalls) * 1000
}

function checkAnswer(engine: string, answer: string, { name, expected }: MeasuredRequest): void {
  if (answer.startsWith(expected)) return
  throw new Error(`${name} in ${engine}: expected ${expected} but received ${answer.slice(0, 200)}`)
}
