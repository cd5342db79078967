import { readViewerClass, type ViewerClass } from './accept.ts'

/** What the headers of a request tell about who asks. A hint that the browser does not send is 0. */
export interface Viewer {
  class: ViewerClass
  /** Whether fewer bytes are wished: Save-Data, or a connection of 2G. */
  saveData: boolean
  /** Device pixels per CSS pixel. */
  dpr: number
  /** Width of the image's place on the page, in device pixels. */
  width: number
  /** Width of the viewport, in CSS pixels. */
  viewportWidth: number
  /** Width of a common screen of the viewer's kind of device, in device pixels: 640, 1280 or 1920. */
  deviceWidth: number
}

/** The viewer that `header` describes: a look-up by lower-case name that gives '' for a header not sent. */
export const readViewer = (header: (name: string) => string): Viewer => {
  // Behind a 0 no sign makes a number: what is none above 0 hints at nothing.
  const hint = (name: string) => Number(0 + header(`sec-ch-${name}`)) || 0
  // CloudFront derives these two from User-Agent, where the origin request policy lists them.
  const is = (kind: string) => header(`cloudfront-is-${kind}-viewer`) === 'true'
  return {
    class: readViewerClass(header('accept')),
    // Of Save-Data only the first word counts, of ECT the last letters: they may stand in one text.
    saveData: /^on|2g$/i.test(header('save-data') + header('ect')),
    dpr: hint('dpr'),
    width: hint('width'),
    viewportWidth: hint('viewport-width'),
    deviceWidth: is('mobile') ? 640 : is('tablet') ? 1280 : 1920,
  }
}
