import type { PeerCell } from './cells.ts'
import type { Source } from './install.ts'

/** What makes variants as Fovea does, at its defaults. */
export interface Peer {
  name: string
  /** Where it comes from, with its exact version. */
  source: Source
  /** Beside this file: what answers for it, in a process of its own. */
  script: string
  /** For people: what its defaults are, and what was set all the same. */
  settings: string
  /** What it does with animations instead of making WebP of them, for people; undefined where it does that. */
  animations?: string
  /** What it shows of transparency in JPEG; `none`: what colours happen to lie under it. */
  ground: 'black' | 'white' | 'none'
  /** How its AVIF is encoded: with the effort that sharp has by itself, with another of sharp's, or by a library of its own. */
  avif: 'default effort' | 'chosen effort' | 'own'
  /** Whether it is no product but what all of them could be at best: nobody must be faster. */
  floor: boolean
}

/** All that Fovea is measured beside. The versions are the latest of November 2026. */
export const peers: readonly Peer[] = [
  {
    name: 'ipx',
    source: { kind: 'npm', packages: { ipx: '3.1.1' } },
    script: 'ipx-process.ts',
    settings: 'its function over files; no quality of its own: that of sharp',
    ground: 'black',
    avif: 'default effort',
    floor: false,
  },
  {
    name: 'next',
    source: { kind: 'npm', packages: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' } },
    script: 'next-process.ts',
    settings:
      'the function behind /_next/image with the bytes of a file; quality 75, its limit of 7 s raised',
    animations: 'passes animations on as they are, whatever is asked',
    ground: 'black',
    avif: 'chosen effort',
    floor: false,
  },
  {
    name: 'thumbor',
    source: { kind: 'pypi', packages: { thumbor: '7.8.0' } },
    script: 'server-process.ts',
    settings:
      'its server, one process and one thread as by default, over HTTP; Pillow, quality 80; LOADER is its own file_loader; no result storage, as by default',
    animations: 'keeps animations GIF, whatever is asked',
    ground: 'none',
    avif: 'own',
    floor: false,
  },
  {
    name: 'imgproxy',
    source: { kind: 'go', module: 'github.com/imgproxy/imgproxy/v3', version: 'v3.30.1' },
    script: 'server-process.ts',
    settings:
      'its server, with as many workers as by default, over HTTP; IMGPROXY_LOCAL_FILESYSTEM_ROOT and no key',
    animations: 'makes stills of animations by default',
    ground: 'white',
    avif: 'own',
    floor: false,
  },
  {
    name: 'sharp',
    source: { kind: 'own' },
    script: 'sharp-process.ts',
    settings: 'the floor: the same geometry and format, and nothing else; its own quality and effort',
    ground: 'black',
    avif: 'default effort',
    floor: true,
  },
]

/** Why `peer` has no part in `cell`; undefined where it has. */
export function findInability(
  { name, animations, ground }: Peer,
  { original, format }: PeerCell,
): string | undefined {
  if (original.kind === 'animation' && animations) return `${name} ${animations}`
  if (original.kind === 'transparent' && format === 'jpeg' && ground === 'none')
    return `${name} makes JPEG of what lies under transparency, which is another picture`
  return undefined
}
