import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { unsignedPattern } from '../../../../grammar/unsigned.ts'

/** What a control of a parameter is made of, read from how the table spells its values. */
export interface ControlPlan {
  /** The words that it takes, each in one spelling. */
  words: readonly string[]
  range: NumberRange | undefined
  /** What no list can hold. */
  shape: 'ratio' | 'box' | 'point' | 'colour' | 'tag' | 'text' | undefined
  /** `px`, `%`, `°`, or none. */
  unit: string
  /** Whether someone without a signature can say something of it, where access is bounded. */
  unsigned: boolean
}

export interface NumberRange {
  min: number
  max: number
  /** 1, or 0.01 where decimals are allowed. */
  step: number
}

const shapes: Readonly<Record<string, ControlPlan['shape']>> = {
  'W-H<=64': 'ratio',
  L_T_W_H: 'box',
  'X_Y<=1': 'point',
  hex: 'colour',
  'TAG<=32': 'tag',
  TEXT: 'text',
}

/** The plan of the control for a row of the table. */
export function planControl(row: ParameterRow): ControlPlan {
  const groups = row.kind.split(' ')
  const words = groups
    .filter((group) => !shapes[group] && !group.includes('..'))
    // Of colours their names.
    .map((group) => group.replace(/^[\da-f]{6,8}=/, '').replace(/=.*/, ''))
  return {
    words,
    range: groups.map(readRange).find((range) => range !== undefined),
    shape: groups.map((group) => shapes[group]).find((shape) => shape !== undefined),
    unit: readUnit(row),
    unsigned: [...words, '1'].some((word) => unsignedPattern.test(`${row.name}=${word}`)),
  }
}

function readRange(group: string): NumberRange | undefined {
  const [min, max] = group.split('..')
  return max === undefined
    ? undefined
    : { min: Number(min), max: Number(max), step: max.includes('.') ? 0.01 : 1 }
}

function readUnit({ documentation: { values, text } }: ParameterRow): string {
  if (/\d px\b/.test(values) || /in pixels of the result/.test(text)) return 'px'
  if (/\d %/.test(values)) return '%'
  return /by degrees/.test(text) ? '°' : ''
}

/** Positions of a slider: enough that no pixel of a screen is without one. */
export const sliderSteps = 1000

/** Above this many values, those of a slider lie the nearer the larger they are. */
const linearSpan = 400

/** The number at a position of the slider, 0 to {@link sliderSteps}. */
export function numberAt(position: number, range: NumberRange): number {
  const share = position / sliderSteps
  const exact = isCurved(range)
    ? range.min * (range.max / range.min) ** share
    : range.min + (range.max - range.min) * share
  const digits = range.step < 1 ? (range.max > 20 ? 1 : 2) : 0
  return Math.min(range.max, Math.max(range.min, Number(exact.toFixed(digits))))
}

/** The position of the slider for a number. */
export function positionOf(number: number, range: NumberRange): number {
  const { min, max } = range
  const bounded = Math.min(max, Math.max(min, number))
  const share = isCurved(range)
    ? Math.log(bounded / min) / Math.log(max / min)
    : (bounded - min) / (max - min)
  return Math.round(share * sliderSteps)
}

function isCurved({ min, max }: NumberRange): boolean {
  return min > 0 && max - min > linearSpan
}
