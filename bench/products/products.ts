import type { ProductCell } from './cells.ts'

/** A product that makes variants on Node with sharp, at its defaults. */
export interface Product {
  name: string
  /** Of npm, each with its exact version. */
  packages: Readonly<Record<string, string>>
  /** Beside this file: what answers for it, in a process of its own. */
  script: string
  /** Whether it resizes animations. */
  animates: boolean
  /** What it shows of transparency in JPEG. */
  ground: 'black' | 'white'
  /** Whether its AVIF has the effort that sharp has by itself. */
  defaultEffort: boolean
}

/** Fovea's rivals. The versions are the latest of November 2026. */
export const products: readonly Product[] = [
  {
    name: 'ipx',
    packages: { ipx: '3.1.1' },
    script: 'ipx-process.ts',
    animates: true,
    ground: 'black',
    defaultEffort: true,
  },
  {
    name: 'next',
    packages: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
    script: 'next-process.ts',
    animates: false,
    ground: 'black',
    defaultEffort: false,
  },
]

/** Why `product` has no part in `cell`; undefined where it has. */
export function findInability({ name, animates }: Product, { original }: ProductCell): string | undefined {
  return original.kind === 'animation' && !animates
    ? `${name} passes animations on as they are, whatever is asked`
    : undefined
}
