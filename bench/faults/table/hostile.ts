import type { Fault } from '../fault.ts'
import { collectHostileImages } from '../hostile.ts'
import { writeOriginal } from '../targets.ts'

export const hostileFaults: readonly Fault[] = [
  {
    name: 'hostile-images',
    done: 'broken, lying and hostile originals are asked for among the others, each as two variants',
    design: 'each is a picture or an honest 4xx, the same as without load; nobody else notices anything',
    // Enough for each to be asked for once.
    perSecond: { special: 16 },
    minSeconds: 11,
    // What keeps a process busy to the deadline makes others wait, here more than on Lambda.
    edge: { sandboxes: 4 },
    allowed: {},
    alarms: [],
    async inject({ edge, truth, special, note }) {
      const { images, source } = await collectHostileImages()
      note(`hostile originals: ${source}`)
      for (const { name, bytes } of images) {
        const key = `hostile/${name}`
        await Promise.all([writeOriginal(edge.folder, key, bytes), truth.put(key, bytes)])
        // Neither needs a signature, without which they would never reach the transformer.
        for (const query of ['width=160&format=webp', 'height=320&format=jpeg']) {
          special.push({ url: `/${key}?${query}`, headers: { accept: 'image/webp,*/*' }, key })
        }
      }
      return async () => {}
    },
  },
]
