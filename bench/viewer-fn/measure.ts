import type { DecisionSettings } from '../../grammar/decide.ts'
import { median } from '../statistics.ts'
import {
  countCallInstructions,
  countStartInstructions,
  findVersion,
  idleCode,
  maxCalls,
  runInNjs,
  type StartCost,
} from './njs.ts'
import { listRequests, type MeasuredRequest } from './requests.ts'
import { type CompiledFunction, readCompiled } from './settings.ts'
import { askInVm, timeInVm } from './vm.ts'

/** What one kind of request costs. */
export interface RequestCost {
  name: ReturnType<typeof listRequests>[number]['name']
  /** The settings measured with where those deployed answer otherwise, by name. */
  changedSettings: string[]
  storeReads: number
  /** Undefined where njs or valgrind is not installed. */
  instructions?: number
  /** Undefined where njs is not installed. */
  njs?: NjsCost
  vmMicroseconds: number
}

/** Of one call in njs. */
interface NjsCost {
  microseconds: number
  /** By which the process grew, the event left out. Undefined where it is not known. */
  bytes?: number
}

export interface ViewerFunctionFigures {
  /** Of the code without its settings. */
  codeBytes: number
  /** Of the code with this deployment's settings, as CloudFront counts them. */
  bytes: number
  njs?: string
  valgrind?: string
  startInstructions?: StartCost
  /** That njs takes to load the file. Undefined where it is not known. */
  startBytes?: number
  costs: RequestCost[]
}

/** Calls that instructions are counted over. Runs of the same code differ by a few; over twice as many it is 2 % more, since memory fills. */
const countedCalls = 50

/** Processes of njs that are timed. */
const njsRuns = 9

/**
 * Measures the function in `code`, as deployed, with every request.
 *
 * @param built the function without its settings.
 */
export async function measureViewerFunction(code: string, built: string): Promise<ViewerFunctionFigures> {
  const njs = findVersion('njs', '-v')
  const valgrind = njs && findVersion('valgrind', '--version')
  const compiled = readCompiled(code, built)
  const { codeBytes, settings } = compiled
  const costs: RequestCost[] = []
  for (const request of listRequests(settings)) {
    const { name, event, storeReads } = request
    const { ownCode, changedSettings } = await compileFor(request, code, compiled)
    costs.push({
      name,
      changedSettings,
      storeReads,
      instructions: valgrind ? await countCallInstructions(ownCode, event, countedCalls) : undefined,
      njs: njs ? await measureInNjs(ownCode, request) : undefined,
      vmMicroseconds: await timeInVm(ownCode, event),
    })
  }
  return {
    codeBytes,
    bytes: Buffer.byteLength(code),
    njs,
    valgrind,
    startInstructions: valgrind ? await countStartInstructions(code) : undefined,
    startBytes: njs ? await measureStartBytes(code, settings) : undefined,
    costs,
  }
}

/**
 * The code that answers `request` as expected: the one deployed, or a copy with other settings.
 *
 * @throws Error where neither does.
 */
async function compileFor(
  request: MeasuredRequest,
  code: string,
  compiled: CompiledFunction,
): Promise<{ ownCode: string; changedSettings: string[] }> {
  const { answer } = await askInVm(code, request.event)
  const deployedDo = answer.startsWith(request.expected)
  const ownCode = deployedDo ? code : compiled.change(request.settings)
  const own = await askInVm(ownCode, request.event)
  checkAnswer('node:vm', own, 1, request)
  return { ownCode, changedSettings: deployedDo ? [] : Object.keys(request.settings) }
}

/** The median over processes, without what an idle handler takes. */
async function measureInNjs(code: string, request: MeasuredRequest): Promise<NjsCost> {
  const milliseconds: number[] = []
  const bytes: number[] = []
  for (let run = 0; run < njsRuns; run++) {
    const busy = await runInNjs(code, request.event, maxCalls)
    checkAnswer('njs', busy, maxCalls, request)
    const idle = await runInNjs(idleCode, request.event, maxCalls)
    milliseconds.push(busy.milliseconds - idle.milliseconds)
    bytes.push(difference(busy.endBytes, busy.startBytes) - difference(idle.endBytes, idle.startBytes))
  }
  return {
    microseconds: (median(milliseconds) / maxCalls) * 1000,
    bytes: known(Math.round(median(bytes) / maxCalls)),
  }
}

async function measureStartBytes(code: string, settings: DecisionSettings): Promise<number | undefined> {
  const [{ event }] = listRequests(settings)
  const [loaded, idle] = [await runInNjs(code, event, 1), await runInNjs(idleCode, event, 1)]
  return known(difference(loaded.startBytes, idle.startBytes))
}

const difference = (more = Number.NaN, less = Number.NaN): number => more - less

const known = (number: number): number | undefined => (Number.isNaN(number) ? undefined : number)

function checkAnswer(
  engine: string,
  { answer, storeReads }: { answer: string; storeReads: number },
  calls: number,
  request: MeasuredRequest,
): void {
  const { name, expected } = request
  if (!answer.startsWith(expected)) {
    throw new Error(`${name} in ${engine}: expected ${expected} but received ${answer.slice(0, 200)}`)
  }
  if (storeReads !== request.storeReads * calls) {
    throw new Error(
      `${name} in ${engine}: expected ${request.storeReads} reads of the store by each of ${calls} calls but counted ${storeReads}`,
    )
  }
}
