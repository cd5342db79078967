import { mkdirSync, writeFileSync } from 'node:fs'
import { formatBenchmarks } from './benchmarks/page.ts'

// `npm run bench:docs`: docs/benchmarks.md and its charts, from what the benches left in bench/results.

mkdirSync(new URL('../docs/benchmarks/', import.meta.url), { recursive: true })
for (const [path, text] of Object.entries(formatBenchmarks()))
  writeFileSync(new URL(`../${path}`, import.meta.url), text)
