import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { makeGallery } from './make-gallery.ts'

const help = `Makes a page that shows each parameter of the URL language on one photograph: build/gallery/index.html

  npm run gallery -- [options]

  --image FILE  a photograph of yours, in place of the sample
  --help        this text
`

const folder = fileURLToPath(new URL('../build/gallery', import.meta.url))

try {
  const { values } = parseArgs({
    options: { image: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  })
  if (values.help) {
    process.stdout.write(help)
  } else {
    const { page, exhibits, bytes } = await makeGallery(folder, values.image)
    process.stdout.write(
      `${exhibits} pictures of ${(bytes / 1e6).toFixed(1)} MB in all: ${pathToFileURL(page).href}\n`,
    )
  }
} catch (error) {
  process.stderr.write(`gallery: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
