/** How large the picture is shown: as it fits, or so many pixels of the screen for each of its own. */
export const zooms = ['fit', '1', '2', '4'] as const
export type Zoom = (typeof zooms)[number]

/** All that one has chosen; the rest of the page follows from it. A link carries it behind its `#`. */
export interface Choices {
  /** Path and query of the request, as typed; '' until an original is chosen. */
  url: string
  /** Of a ViewerEntry. */
  viewer: string
  /** The host of the page that embeds the picture; '' for none. */
  embeddedFrom: string
  zoom: Zoom
  /** Where the divider between original and result stands: per cent of the width. */
  split: number
}

export const defaultChoices: Choices = { url: '', viewer: 'chrome', embeddedFrom: '', zoom: 'fit', split: 50 }

/** The fragment of a link to these choices, `#` included; what is as it is by default is left out. */
export function formatHash(choices: Choices): string {
  const said = Object.entries(choices).filter(
    ([name, value]) => value !== defaultChoices[name as keyof Choices],
  )
  return `#${new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)]))}`
}

/** The choices that a fragment carries; what it does not say, or says wrongly, is as it is by default. */
export function readHash(hash: string): Choices {
  const said = new URLSearchParams(hash.replace(/^#/, ''))
  const split = Number(said.get('split') ?? '')
  return {
    url: said.get('url') ?? defaultChoices.url,
    viewer: said.get('viewer') ?? defaultChoices.viewer,
    embeddedFrom: said.get('embeddedFrom') ?? defaultChoices.embeddedFrom,
    zoom: zooms.find((zoom) => zoom === said.get('zoom')) ?? defaultChoices.zoom,
    split: said.has('split') && split >= 0 && split <= 100 ? split : defaultChoices.split,
  }
}
