import { drawSvg } from './drawing.ts'

/** Entities that grow tenfold at each of nine levels. */
export function drawEntityBomb(): Buffer {
  const levels = Array.from({ length: 9 }, (_, index) => {
    return `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`
  })
  const prologue = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "bomb">${levels.join('')}]>`
  return drawSvg('width="100" height="100"', '<text y="50">&e9;</text>', prologue)
}

/** A white SVG that wants to show what is at `href`, in each way that SVG has. */
export function drawReference(href: string): Buffer {
  return drawSvg(
    'width="100" height="100" xmlns:xlink="http://www.w3.org/1999/xlink"',
    `<style>@import url("${href}");</style>
     <rect width="100" height="100" fill="white"/>
     <image href="${href}" width="100" height="100"/>
     <image xlink:href="${href}" width="100" height="100"/>
     <use href="${href}#a"/>
     <rect width="100" height="100" fill="url(${href}#a)"/>`,
    `<?xml version="1.0"?><?xml-stylesheet href="${href}" type="text/css"?>`,
  )
}

/** An SVG whose text is an external entity: the file at `href`, for a parser that follows it. */
export function drawExternalEntity(href: string): Buffer {
  const prologue = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY file SYSTEM "${href}">]>`
  return drawSvg('width="100" height="100"', '<rect width="100" height="100" fill="white"/>&file;', prologue)
}

/** An SVG with a script, which must not matter to a picture. */
export function drawScript(): Buffer {
  return drawSvg(
    'width="100" height="100" onload="alert(1)"',
    '<script>alert(document.domain)</script><rect width="100" height="100" fill="#0a0"/>',
  )
}

/** A drawing of stacked filters, small to write, that keeps a renderer busy for minutes. */
export function drawCostly(): Buffer {
  const steps = Array.from(
    { length: 60 },
    (_, index) =>
      `<feTurbulence numOctaves="20" baseFrequency="0.${index + 1}"/><feGaussianBlur stdDeviation="90"/>`,
  )
  return drawSvg(
    'width="4000" height="4000"',
    `<filter id="f" x="0" y="0" width="1" height="1">${steps.join('')}</filter><rect width="4000" height="4000" filter="url(#f)"/>`,
  )
}
