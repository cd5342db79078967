import {
  type FoveaImgOptions,
  listNames,
  type ReadableElement,
  readFoveaImg,
} from './fovea-img-attributes.ts'

/** What is used of the DOM, whose types the project does without: servers have none. */
interface DomElement extends ReadableElement {
  readonly ownerDocument: {
    readonly readyState: string
    addEventListener(type: string, listener: () => void, options: { once: true }): void
    createElement(name: string): DomElement
  }
  readonly style: { cssText: string }
  append(child: DomElement): void
  querySelector(selector: string): DomElement | null
  removeAttribute(name: string): void
  setAttribute(name: string, value: string): void
}
declare const HTMLElement: new () => DomElement
declare const customElements:
  | { get(name: string): unknown; define(name: string, element: new () => DomElement): void }
  | undefined

/**
 * Makes `<fovea-img src="KEY" alt="…" width="…" height="…">` an element that holds an `<img>` with the attributes of
 * `imgAttributes`. An `<img>` that the server wrote into it stays as it is until an attribute changes. It throws nothing: what
 * is missing or wrong is told to the console once, and left out. Without a DOM, or where the name is taken, it does nothing.
 */
export function defineFoveaImg(name = 'fovea-img', options: FoveaImgOptions = {}): void {
  if (typeof customElements === 'undefined' || customElements.get(name)) return
  const reported = new Set<string>()
  const report = ({ message }: Error) => {
    if (!reported.has(message)) console.error(`<${name}>: ${message}`)
    reported.add(message)
  }
  // Custom elements are classes.
  customElements.define(
    name,
    class extends HTMLElement {
      static observedAttributes = listNames()
      /** Names of the attributes that the image was given last. */
      given: readonly string[] = []
      shown = false
      pending = false

      connectedCallback() {
        const { ownerDocument } = this
        if (this.shown || this.querySelector('img')) this.shown = true
        // Of an element that is still being parsed the image may be to come.
        else if (ownerDocument.readyState === 'loading')
          ownerDocument.addEventListener('DOMContentLoaded', () => this.connectedCallback(), { once: true })
        else this.show()
      }

      attributeChangedCallback() {
        if (!this.shown || this.pending) return
        this.pending = true
        // Several changes are one.
        queueMicrotask(() => this.show())
      }

      show() {
        this.pending = false
        this.shown = true
        const found = this.querySelector('img')
        const img = found ?? this.ownerDocument.createElement('img')
        const attributes = readFoveaImg(this, options, report)
        for (const each of this.given) if (!(each in attributes)) img.removeAttribute(each)
        for (const [each, value] of Object.entries(attributes)) {
          // A content security policy refuses the attribute, and lets this pass.
          if (each === 'style') img.style.cssText = value
          // An equal `src` would be loaded again.
          else if (img.getAttribute(each) !== value) img.setAttribute(each, value)
        }
        this.given = Object.keys(attributes)
        if (!found) this.append(img)
      }
    },
  )
}
