import { chooseOrigins, estimateLatency } from './latency/model.ts'
import { formatLatency, judgeLatency } from './latency/report.ts'
import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'
import { defaultWorld } from './scale/world.ts'
import { estimateTransform } from './trace/transform-times.ts'

// `npm run bench:latency`: how long viewers around the world wait, on paper, from published round trips between regions.

await runBench({
  script: 'bench:latency',
  purpose: 'the time to the first byte by region and tier with one origin region and with three, on paper',
  options: {
    'edge-ms': {
      placeholder: 'MS',
      text: 'from a viewer to the nearest edge location, there and back',
      default: 20,
      min: 0,
      max: 1000,
    },
  },
  async measure({ 'edge-ms': viewerToEdgeMs }) {
    const world = {
      viewerToEdgeMs,
      edgeMs: defaultWorld.latencyMs.edge,
      originMs: defaultWorld.latencyMs.origin,
      transformMs: estimateTransform(800, 'avif').milliseconds,
    }
    const origins = { one: ['us-east-1'] as const, three: chooseOrigins(world, 'us-east-1', 3) }
    const figures = {
      world,
      one: { origins: origins.one, rows: estimateLatency(world, origins.one) },
      three: { origins: origins.three, rows: estimateLatency(world, origins.three) },
    }
    await writeResult('latency', figures)
    return figures
  },
  format: formatLatency,
  judge: judgeLatency,
})
