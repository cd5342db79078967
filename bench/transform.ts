import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSettings } from '../transformer/settings.ts'
import { type BuiltTransformer, buildDeployment } from './deployment.ts'
import { cutOut, pan } from './drawn.ts'
import { keepFile } from './kept-file.ts'
import { startOriginals } from './originals.ts'
import { type Photograph, type Photographs, preparePhotographs } from './photographs.ts'
import { runBench } from './run-bench.ts'
import { compareContenders } from './transform/compare.ts'
import { listCells } from './transform/jobs.ts'
import { formatTransform, judgeTransform, type TransformFigures } from './transform/report.ts'
import { startContender } from './transform/start-contender.ts'

// `npm run bench:transform`: the built transformer, warm, against S3 client and sharp alone with equal settings.

await runBench({
  script: 'bench:transform',
  purpose: 'the built transformer, warm, against S3 client and sharp alone with equal settings',
  options: {
    seconds: { placeholder: 'S', text: 'seconds for each cell of the table', default: 6, min: 0, max: 600 },
    'max-mean': {
      placeholder: 'R',
      text: 'fail above this geometric mean of the ratios to plain sharp',
      default: 1.05,
      min: 0,
      max: 100,
    },
    'max-cell': {
      placeholder: 'R',
      text: 'fail where a cell is above this ratio',
      default: 1.15,
      min: 0,
      max: 100,
    },
  },
  async measure({ seconds }) {
    const { transformer } = await buildDeployment()
    return measureTransform(transformer, await prepareOriginals(), seconds)
  },
  format: formatTransform,
  judge: (figures, numbers) => judgeTransform(figures, numbers['max-mean'], numbers['max-cell']),
})

type Originals = Pick<Photographs, 'folder' | 'source'> & { photographs: readonly Photograph[] }

/** Two photographs, a transparent picture and an animation. */
async function prepareOriginals(): Promise<Originals> {
  const { folder, source, photographs } = await preparePhotographs()
  await keepFile(join(folder, 'transparent.png'), async (path) => writeFile(path, await cutOut()))
  await keepFile(join(folder, 'animation.gif'), async (path) => writeFile(path, await pan()))
  const drawn = [
    { name: 'PNG', key: 'transparent.png' },
    { name: 'GIF', key: 'animation.gif' },
  ]
  return { folder, source, photographs: [...photographs, ...drawn] }
}

async function measureTransform(
  { file, environment, execArgv }: BuiltTransformer,
  photographs: Originals,
  seconds: number,
): Promise<TransformFigures> {
  const originals = await startOriginals(photographs.folder)
  const env = { ...environment, ...originals.environment }
  const fovea = await startContender(
    new URL('transform/fovea-process.ts', import.meta.url),
    env,
    [file],
    execArgv,
  )
  const plain = await startContender(new URL('transform/plain-process.ts', import.meta.url), env)
  try {
    const cells = await listCells(photographs, readSettings(env))
    const comparison = await compareContenders(fovea, plain, cells, seconds)
    const processes = { fovea: await fovea.describe(), plain: await plain.describe() }
    if (processes.fovea.libvipsThreads !== processes.plain.libvipsThreads) {
      throw new Error(`expected as many threads on both sides but received ${JSON.stringify(processes)}`)
    }
    return {
      source: photographs.source,
      poolThreads: env.UV_THREADPOOL_SIZE ?? '4',
      ...comparison,
      ...processes,
    }
  } finally {
    for (const each of [fovea, plain, originals]) each.stop()
  }
}
