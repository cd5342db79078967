import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { rows } from '../docs/parameter-table.ts'
import type { Exhibit } from './exhibit.ts'

/** An exhibit whose picture is a file, and what the page says beside it. */
export type Hung = Omit<Exhibit, 'body' | 'preview'> & {
  bytes: number
  /** Beside the page. */
  file?: string
  /** Of what is drawn of a text. */
  preview?: string
  /** What is no picture. */
  text?: string
  /** What the parameters do that are shown here first (Markdown of one line). */
  note: string
}

/** An original, as it is shown. */
export interface Original {
  key: string
  file: string
  type: string
  bytes: number
  width: number
  height: number
  originalWidth: number
  originalHeight: number
}

/** Pixels across at which originals are shown: browsers read neither TIFF nor need 12 megapixels. */
const originalSide = 640

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg' }

/** An empty folder at `folder`. */
export async function clearFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
}

/** Writes what was made into `folder`, in order. */
export async function hangExhibits(exhibits: readonly Exhibit[], folder: string): Promise<Hung[]> {
  const seen = new Set<string>()
  const hung: Hung[] = []
  for (const [index, { body, preview, ...exhibit }] of exhibits.entries()) {
    const name = String(index + 1).padStart(2, '0')
    const format = exhibit.type.split('/')[1] ?? ''
    const isPicture = exhibit.type.startsWith('image/')
    hung.push({
      ...exhibit,
      bytes: body.length,
      note: explain(exhibit.example.request, seen),
      ...(isPicture
        ? { file: await write(folder, `${name}.${endings[format] ?? format}`, body) }
        : { text: body.toString() }),
      ...(preview && { preview: await write(folder, `${name}.png`, preview) }),
    })
  }
  return hung
}

/** Writes an original into `folder` at a size for pages. */
export async function hangOriginal(key: string, bytes: Buffer, folder: string): Promise<Original> {
  const { autoOrient, format } = await sharp(bytes).metadata()
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize(originalSide, originalSide, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 90 })
    .toBuffer({ resolveWithObject: true })
  const name = `original-${key.replace(/[^a-z0-9]+/gi, '-')}.webp`
  return {
    key,
    file: await write(folder, name, data),
    type: `image/${format}`,
    bytes: bytes.length,
    width: info.width,
    height: info.height,
    originalWidth: autoOrient.width,
    originalHeight: autoOrient.height,
  }
}

async function write(folder: string, name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return name
}

/** The first sentence of each parameter that `request` names and `seen` has not; they are in `seen` from then on. */
function explain(request: string, seen: Set<string>): string {
  const names = [...request.matchAll(/[?&]([^=&]+)=/g)].map(([, name = '']) => name.toLowerCase())
  const shown = rows.filter(({ name, spellings }) => {
    const isNew = names.some((each) => spellings.includes(each)) && !seen.has(name)
    if (isNew) seen.add(name)
    return isNew
  })
  return shown.map(({ documentation }) => firstSentence(documentation.text)).join(' ')
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text
}
