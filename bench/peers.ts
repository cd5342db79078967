import { peers } from './peers/peers.ts'
import { formatPeers, judgePeers } from './peers/report.ts'
import { measurePeers } from './peers/run.ts'
import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:peers`: the transformer beside what else makes variants, all at their defaults, and plain sharp.

await runBench({
  script: 'bench:peers',
  purpose:
    "the transformer beside ipx, Next.js's image optimizer, thumbor, imgproxy and plain sharp at their defaults: time, bytes at equal score, memory, eight at a time",
  options: {
    rounds: {
      placeholder: 'N',
      text: 'variants and bursts of each that are counted',
      default: 3,
      min: 1,
      max: 999,
      whole: true,
    },
    slower: {
      placeholder: 'R',
      text: 'fail where a cell is larger at equal score and above this ratio in time',
      default: 1.05,
      min: 0,
      max: 100,
    },
    'avif-factor': {
      placeholder: 'N',
      text: "fail where AVIF is less times faster than a peer with sharp's own effort",
      default: 5,
      min: 0,
      max: 100,
    },
  },
  flags: { quick: 'one photograph at one width' },
  lists: {
    peers: {
      placeholder: 'A,B',
      text: 'those to take part',
      choices: peers.map(({ name }) => name),
    },
  },
  async measure({ rounds }, { flags, lists }) {
    const quick = flags.has('quick')
    const names = lists.peers
    const figures = await measurePeers({ names, rounds, quick })
    // A part of the table is no result to keep.
    if (!quick && names.size === peers.length) await writeResult('peers', figures)
    return figures
  },
  format: formatPeers,
  judge: (figures, { slower, 'avif-factor': avifFactor }) => judgePeers(figures, { slower, avifFactor }),
})
