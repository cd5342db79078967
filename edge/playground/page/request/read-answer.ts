import type { AskAnswer } from '../../api.ts'

/** What `x-fovea-variant` says of a picture. */
export interface VariantFacts {
  format: string
  width: number
  height: number
  quality: string | undefined
  originalFormat: string
  originalWidth: number
  originalHeight: number
  originalBytes: number
}

/** A step of `Server-Timing`. */
export interface TimingStep {
  name: string
  ms: number
}

/** What the edge or the transformer says where it refuses. */
export interface Refusal {
  status: number
  code: string
  parameter: string
  expected: string
  received: string
}

/** What was made, by its header; undefined where the answer has none. */
export function readVariantFacts(headers: AskAnswer['headers']): VariantFacts | undefined {
  const header = headers['x-fovea-variant']
  if (!header) return undefined
  const said = new Map(header.split(', ').map((pair) => pair.split('=') as [string, string]))
  const number = (name: string) => Number(said.get(name) ?? 0)
  return {
    format: said.get('format') ?? '',
    width: number('width'),
    height: number('height'),
    quality: said.get('quality'),
    originalFormat: said.get('original') ?? '',
    originalWidth: number('original-width'),
    originalHeight: number('original-height'),
    originalBytes: number('original-bytes'),
  }
}

/** The steps of the transformer, in their order, and how long all took. */
export function readTiming(headers: AskAnswer['headers']): { steps: TimingStep[]; totalMs: number } {
  const all = (headers['server-timing'] ?? '').split(', ').flatMap((entry): TimingStep[] => {
    const [, name, ms] = /^([\w-]+);.*?dur=([\d.]+)/.exec(entry) ?? []
    return name ? [{ name, ms: Number(ms) }] : []
  })
  const steps = all.filter(({ name }) => name !== 'total')
  const total = all.find(({ name }) => name === 'total')?.ms
  return { steps, totalMs: total ?? steps.reduce((sum, { ms }) => sum + ms, 0) }
}

/** Why there is no picture; undefined where there is one. */
export function readRefusalOf(answer: AskAnswer): Refusal | undefined {
  if (answer.status < 400) return undefined
  try {
    const problem: Partial<Refusal> = JSON.parse(answer.text ?? '')
    return {
      status: answer.status,
      code: problem.code ?? '',
      parameter: problem.parameter ?? '',
      expected: problem.expected ?? '',
      received: problem.received ?? '',
    }
  } catch {
    return {
      status: answer.status,
      code: '',
      parameter: '',
      expected: '',
      received: answer.text?.slice(0, 200) ?? '',
    }
  }
}

/** The parameters that a refusal concerns: the one it names, or of one that needs a signature the one that needs it. */
export function listConcerned({ code, parameter, received }: Refusal): string[] {
  const needing = code === 'needs-signature' ? /^([a-z-]+)=/.exec(received)?.[1] : undefined
  return [needing ?? parameter].filter((name) => name !== '')
}

/** Whether the cache answered. */
export function isHit(headers: AskAnswer['headers']): boolean {
  return (headers['x-cache'] ?? '').startsWith('Hit') || (headers['x-cache'] ?? '').startsWith('RefreshHit')
}
