import { Unclean } from './unclean.ts'

/** `bytes` as text, in the encoding that the document names, or UTF-8. @throws Unclean for bytes that are not in it. */
export function decodeXml(bytes: Buffer): string {
  const [, encoding = 'utf-8'] =
    /^(?:\u00EF\u00BB\u00BF)?<\?xml[^>]{0,80}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/.exec(
      bytes.toString('latin1', 0, 200),
    ) ?? []
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Unclean(`${encoding} that cannot be read`)
  }
}

/** `text` as content of an XML document, without the characters that none may hold. */
export function escapeText(text: string): string {
  return /[&<>]|[^\t\n\r\x20-\ud7ff]/.test(text)
    ? text.replace(forbidden, '').replace(/[&<>]/g, (character) => entities[character] as string)
    : text
}

/** `text` as the value of an attribute in double quotes. */
export function escapeValue(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Source: XML 1.0, section 2.2. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu
