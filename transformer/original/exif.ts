/** What is read of EXIF; all of it is text that whoever made the original chose. */
export interface Exif {
  artist?: string
  copyright?: string
  /** As cameras write it, without a zone: `2024-05-06T07:08:09`. */
  takenAt?: string
  place?: Place
}

/** Degrees, north and east. Source: Exif 2.32, section 4.6.6. */
export interface Place {
  latitude: number
  longitude: number
}

/** Source: Exif 2.32, section 4.6. */
const tags = {
  artist: 0x013b,
  copyright: 0x8298,
  photoDirectory: 0x8769,
  placeDirectory: 0x8825,
  takenAt: 0x9003,
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
} as const

/** Entries of a directory that are looked at; cameras write fewer than 60. */
const maxEntries = 200

/** Characters of a text that are kept. */
const maxCharacters = 1000

/**
 * Reads the few tags that are used; what is broken is left out. The packages that read EXIF read all of it, and each entry may
 * claim all of the file as its value: minutes of work that no deadline could stop.
 */
export function readExif(blob: Buffer): Exif {
  const tiff = blob.toString('latin1', 0, 6) === 'Exif\0\0' ? blob.subarray(6) : blob
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return {}
  const file = createReader(tiff, order === 'II')
  const main = file.readDirectory(file.readLong(4))
  const photo = file.readDirectory(pointer(file, main.get(tags.photoDirectory)))
  const place = file.readDirectory(pointer(file, main.get(tags.placeDirectory)))
  return {
    artist: file.readText(main.get(tags.artist)),
    copyright: file.readText(main.get(tags.copyright)),
    takenAt: readDate(file.readText(photo.get(tags.takenAt))),
    place: readPlace(file, place),
  }
}

type Reader = ReturnType<typeof createReader>
type Directory = ReadonlyMap<number, Entry>

interface Entry {
  count: number
  /** Where its value is, or, of a longer one, where the place of that is. */
  at: number
}

/** Reads of TIFF's structures; outside of `tiff` everything is 0. Source: TIFF 6.0, section 2. */
function createReader(tiff: Buffer, littleEndian: boolean) {
  const read = (at: number, bytes: 2 | 4) => {
    if (at + bytes > tiff.length) return 0
    return littleEndian ? tiff.readUIntLE(at, bytes) : tiff.readUIntBE(at, bytes)
  }
  const readLong = (at: number) => read(at, 4)
  return {
    readLong,
    readDirectory(at: number): Directory {
      const count = at === 0 ? 0 : Math.min(read(at, 2), maxEntries)
      const starts = Array.from({ length: count }, (_, index) => at + 2 + index * 12)
      return new Map(starts.map((start) => [read(start, 2), { count: readLong(start + 4), at: start + 8 }]))
    },
    /** A text; UTF-8, which many write although it should be ASCII. */
    readText(entry: Entry | undefined): string | undefined {
      if (!entry) return undefined
      const start = entry.count <= 4 ? entry.at : readLong(entry.at)
      const bytes = tiff.subarray(start, start + Math.min(entry.count, maxCharacters))
      // A copyright may have two parts, of the photographer and of the editor, with a zero between them.
      const parts = bytes.toString('utf8').split('\0')
      const text = parts.map((part) => part.trim()).filter((part) => part !== '')
      return text.length === 0 ? undefined : text.join('; ')
    },
    /** Three rationals, as degrees. */
    readDegrees(entry: Entry | undefined): number {
      if (entry?.count !== 3) return Number.NaN
      const start = readLong(entry.at)
      const part = (index: number) =>
        readLong(start + index * 8) / (readLong(start + index * 8 + 4) || Number.NaN)
      return part(0) + part(1) / 60 + part(2) / 3600
    },
  }
}

function pointer(file: Reader, entry: Entry | undefined): number {
  return entry ? file.readLong(entry.at) : 0
}

function readDate(text: string | undefined): string | undefined {
  const [, year, month, day, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? []
  return time && `${year}-${month}-${day}T${time}`
}

function readPlace(file: Reader, directory: Directory): Place | undefined {
  const signed = (ref: number, value: number, negative: string) => {
    const degrees = file.readDegrees(directory.get(value))
    const sign = file.readText(directory.get(ref))?.startsWith(negative) ? -1 : 1
    return sign * Number(degrees.toFixed(6))
  }
  const latitude = signed(tags.latitudeRef, tags.latitude, 'S')
  const longitude = signed(tags.longitudeRef, tags.longitude, 'W')
  return Number.isNaN(latitude) || Number.isNaN(longitude) ? undefined : { latitude, longitude }
}
