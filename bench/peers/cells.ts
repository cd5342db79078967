/** Formats that are compared. */
export const formats = ['jpeg', 'webp', 'avif'] as const
export type Format = (typeof formats)[number]

/** A thumbnail, a picture in a page, one across it. */
export const widths = [320, 800, 1600] as const

/** An original to make variants of. */
export interface PeerOriginal {
  name: string
  /** Absolute. */
  file: string
  kind: 'photograph' | 'transparent' | 'animation'
}

/** A variant that all are asked for. */
export interface PeerCell {
  original: PeerOriginal
  width: number
  format: Format
}

/** What a process is asked. */
export interface PeerRequest extends Pick<PeerCell, 'width' | 'format'> {
  file: string
  /** Whether an animation is to stay one. */
  moving: boolean
  /** On Fovea's scale, and for it alone: all others have their defaults. */
  quality?: number
}

/** What it made. */
export interface PeerLap {
  /** Of all threads of the process. */
  cpuMs: number
  bytes: Uint8Array
}

/** All combinations, but for stills of animations, which say no more than any other still. */
export function listCells(originals: readonly PeerOriginal[]): PeerCell[] {
  return originals
    .flatMap((original) => widths.flatMap((width) => formats.map((format) => ({ original, width, format }))))
    .filter((cell) => cell.original.kind !== 'animation' || isMoving(cell))
}

/** Of the formats compared only WebP is written with more frames than one. */
export function isMoving({ original, format }: PeerCell): boolean {
  return original.kind === 'animation' && format === 'webp'
}
