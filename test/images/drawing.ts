/** An SVG that is black on the left half and white on the right: how wide the grey between them is shows how sharp. */
export function drawEdge(width: number, height: number): Buffer {
  return drawSvg(
    `width="${width}" height="${height}" viewBox="0 0 2 2"  preserveAspectRatio="none"`,
    '<rect width="2" height="2" fill="white"/><rect width="1" height="2" fill="black"/>',
  )
}

/** An SVG document with `attributes` on its root. */
export function drawSvg(attributes: string, content: string, prologue = ''): Buffer {
  return Buffer.from(`${prologue}<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`)
}
