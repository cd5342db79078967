/** Endings of names that say a format, which the format made replaces. */
const imageEnding = /\.(?:jpe?g|jfif|png|apng|webp|avif|hei[cf]|gif|tiff?|svg|bmp|ico|jxl|json|txt)$/i

/**
 * A Content-Disposition that has browsers save the answer under the name that `download` says, or, where that is `1`, under
 * that of `key`, ending as the format made does. Source: RFC 6266, section 4; RFC 8187, section 3.2.
 *
 * @param extension without a dot.
 */
export function formatDisposition(download: string, key: string, extension: string): string {
  const asked = download === '1' ? key.slice(key.lastIndexOf('/') + 1) : download
  // Invisible characters could show a name backwards; a name of none but them is no name.
  const visible = asked.replace(/\p{C}/gu, '').replace(imageEnding, '')
  const name = `${visible || 'image'}.${extension}`
  // What quoting, and browsers that decode percent signs here, would read as something else.
  const plain = name.replace(/[^\x20-\x7e]|["%\\]/gu, '_')
  const extended = plain === name ? '' : `; filename*=UTF-8''${encodeExtended(name)}`
  return `attachment; filename="${plain}"${extended}`
}

/** All but attr-char as percent and UTF-8. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
