import type { VariantParameters } from '../../grammar/parameters.ts'
import { readExif } from '../original/exif.ts'
import type { Source } from '../original/inspect.ts'

/** Whose picture it is, and what may be done with it. */
export interface Credit {
  artist?: string
  copyright?: string
}

/** What a variant tells of its making: nothing where undefined. */
export type KeptMetadata = 'all' | Credit | undefined

/** What `given` asks to keep of what `source` tells. */
export function planMetadata(given: Pick<VariantParameters, 'metadata'>, source: Source): KeptMetadata {
  if (given.metadata === 'all') return 'all'
  const credit = given.metadata === 'copyright' ? readCredit(source) : {}
  return credit.artist || credit.copyright ? credit : undefined
}

/** The credit that `source` gives, in EXIF or, in its plain forms, in XMP. */
export function readCredit({ exif, xmp }: Pick<Source, 'exif' | 'xmp'>): Credit {
  const { artist, copyright } = exif ? readExif(exif) : {}
  // More than any editor writes before its history; a regular expression goes over no more.
  const packet = xmp?.toString('utf8', 0, 200_000) ?? ''
  return {
    artist: artist ?? findProperty(packet, 'dc:creator'),
    copyright: copyright ?? findProperty(packet, 'dc:rights'),
  }
}

/** XMP that says `credit`: EXIF that libvips writes is ASCII, so other letters are only here. Source: XMP, part 1. */
export function formatCredit({ artist, copyright }: Credit): string {
  const list = (name: string, kind: string, item: string) =>
    `<dc:${name}><rdf:${kind}>${item}</rdf:${kind}></dc:${name}>`
  const creator = artist ? list('creator', 'Seq', `<rdf:li>${escapeXml(artist)}</rdf:li>`) : ''
  const rights = copyright
    ? list('rights', 'Alt', `<rdf:li xml:lang="x-default">${escapeXml(copyright)}</rdf:li>`)
    : ''
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${creator}${rights}</rdf:Description></rdf:RDF></x:xmpmeta>`
}

/** Characters between one property's name and its text: a list, and the language of its first item. */
const maxDistance = 200

/** A property as an attribute, or as the first item of its list. */
function findProperty(packet: string, name: 'dc:creator' | 'dc:rights'): string | undefined {
  const attribute = new RegExp(`\\s${name}="([^"<]{1,1000})"`).exec(packet)?.[1]
  if (attribute !== undefined) return unescapeXml(attribute)
  const start = packet.indexOf(`<${name}>`)
  if (start < 0) return undefined
  const list = packet.slice(start, start + maxDistance + 1000)
  const item = /<rdf:li[^<>]*>([^<]{1,1000})<\/rdf:li>/.exec(list.split(`</${name}>`)[0] ?? '')?.[1]
  return item && unescapeXml(item)
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_entity, name: string) => entities[name] ?? '').trim()
}

/** What XML 1.0 does not allow is left out. */
function escapeXml(text: string): string {
  const allowed = text.replace(/[^\P{C}\u00ad\u200c-\u200f]/gu, '')
  return allowed.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
