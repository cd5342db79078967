import { insertSegment } from './jpeg-segments.ts'

/**
 * `jpeg` as an UltraHDR photograph: behind it lies `gainMap`, a JPEG that says how much brighter a screen may show each
 * place, and metadata of both says so. Who knows nothing of it sees `jpeg`.
 * Source: Android, "Ultra HDR image format v1.1"; CIPA DC-007, section 5.2.
 */
export function addGainMap(jpeg: Buffer, gainMap: Buffer): Buffer {
  const described = insertXmp(gainMap, describeGain())
  const primary = (mpf: Buffer) =>
    insertSegment(insertXmp(jpeg, describeContainer(described.length)), 0xffe2, mpf)
  // Of a fixed length: what it says can be known once it is in place.
  const length = primary(makeIndex(0, 0, 0)).length
  // Offsets count from behind the marker, its length and "MPF\0" of the second segment's first.
  const offset = length - (2 + 4 + 4)
  return Buffer.concat([primary(makeIndex(length, described.length, offset)), described])
}

const namespace = 'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"'

function describeContainer(gainMapBytes: number): string {
  const item = (semantic: string, length: string) =>
    `<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="${semantic}" Item:Mime="image/jpeg"${length}/></rdf:li>`
  return `<rdf:Description xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/" ${namespace}><Container:Directory><rdf:Seq>${item('Primary', '')}${item('GainMap', ` Item:Length="${gainMapBytes}"`)}</rdf:Seq></Container:Directory></rdf:Description>`
}

/** Up to two stops brighter. */
function describeGain(): string {
  return `<rdf:Description ${namespace} hdrgm:GainMapMin="0" hdrgm:GainMapMax="2" hdrgm:Gamma="1" hdrgm:OffsetSDR="0.015625" hdrgm:OffsetHDR="0.015625" hdrgm:HDRCapacityMin="0" hdrgm:HDRCapacityMax="2" hdrgm:BaseRenditionIsHDR="False"/>`
}

function insertXmp(jpeg: Buffer, description: string): Buffer {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF></x:xmpmeta>`
  return insertSegment(jpeg, 0xffe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`))
}

/** The index of two pictures. */
function makeIndex(primaryBytes: number, gainMapBytes: number, gainMapOffset: number): Buffer {
  const entries: readonly (readonly [tag: number, type: number, count: number, value: number | string])[] = [
    [0xb000, 7, 4, '0100'],
    [0xb001, 4, 1, 2],
    // Two entries of 16 bytes, behind the directory.
    [0xb002, 7, 32, 8 + 2 + 3 * 12 + 4],
  ]
  const directory = Buffer.alloc(2 + entries.length * 12 + 4)
  directory.writeUInt16BE(entries.length)
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + index * 12
    directory.writeUInt16BE(tag, at)
    directory.writeUInt16BE(type, at + 2)
    directory.writeUInt32BE(count, at + 4)
    if (typeof value === 'string') directory.write(value, at + 8, 'latin1')
    else directory.writeUInt32BE(value, at + 8)
  }
  const pictures = Buffer.alloc(32)
  // The primary picture is of the type that a viewer without knowledge shows.
  pictures.writeUInt32BE(0x030000, 0)
  pictures.writeUInt32BE(primaryBytes, 4)
  pictures.writeUInt32BE(gainMapBytes, 20)
  pictures.writeUInt32BE(gainMapOffset, 24)
  return Buffer.concat([Buffer.from('MPF\0MM\0*\0\0\0\x08', 'latin1'), directory, pictures])
}
