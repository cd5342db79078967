import type { Explanation } from '../../signer/cli/explain-url.ts'
import type { Stats } from '../stats.ts'

// What the page of the playground and the local edge behind it (`server/playground.ts`) say to each other, all under `/_fovea/`. Refusals of this
// API itself are problem+json with `title` and `detail`, as the edge's own. Whatever changes something is a POST, PUT or DELETE
// and answered only to this page: same origin, by the name of this machine.

/** An original of the folder. `GET /_fovea/api/originals`: all of them, by key. */
export interface OriginalEntry {
  key: string
  bytes: number
  /** ISO 8601. */
  modifiedAt: string
  /** Base64, as `format=thumbhash` answers; undefined until it has been made, and where the original is no picture. */
  thumbhash?: string
}

/**
 * What is put in by `PUT /_fovea/api/originals?key=KEY` with the file's bytes as the body: its entry. 201 where it is new, 200
 * where it replaced one, which only `&replace=1` does: the variants of that are then invalidated as on AWS; 413 above the limit
 * on source bytes, 409 where there is one already or the originals are not a folder of this machine. `DELETE` of the same address takes it away, with 204, or 404 where there is none.
 */
export type PutOriginal = OriginalEntry & { replaced: boolean }

/** A viewer to ask as. `GET /_fovea/api/viewers`: all of them. */
export interface ViewerEntry {
  /** `chrome`, `safari`, `firefox`, `old-browser`, `curl`, `save-data`, `phone-3x`. */
  id: string
  /** As people say it: "Chrome 156". */
  name: string
  /** What it sends for an `<img>`, by lower-case name. */
  headers: Readonly<Record<string, string>>
}

/** A request of the page's that the local edge makes in a viewer's place. `POST /_fovea/api/ask`. */
export interface AskRequest {
  /** Path and query, as one would type them. */
  url: string
  /** Of a {@link ViewerEntry}. */
  viewer: string
  /** A page of this host, or of this URL, embeds the picture: sent as Referer, and as Sec-Fetch-Site where the viewer sends that. Default none. */
  embeddedFrom?: string
  /** HEAD asks for no picture. Default `GET`. */
  method?: 'GET' | 'HEAD'
}

/** What the edge answered, and what was decided before. */
export interface AskAnswer {
  status: number
  /** By lower-case name. */
  headers: Record<string, string>
  /** Milliseconds from the question to the last byte, on this machine. */
  ms: number
  bytes: number
  /** The body: a `data:` URL for a picture, text for anything else up to 64 KiB, else undefined. */
  picture?: string
  text?: string
  /** What the edge function made of the request, by its own code, offline. */
  explanation: Explanation
  /** Counts before and after, so that the page can tell what this request cost. Other requests may be among them. */
  before: Stats
  after: Stats
}

/** `POST /_fovea/api/sign`. */
export interface SignRequest {
  /** Path and query; a signature that it has is replaced. */
  url: string
  /** Seconds until it expires, from now; negative for one that has expired, by more than clocks may differ (a minute). Default an hour, or what the settings allow. */
  seconds?: number
}

/** A URL signed with the playground's own key, which is made at its first use and kept in the edge's KeyValueStore. */
export interface SignAnswer {
  /** Path and query. */
  url: string
  kid: string
  expiresAt: string
}

/** `POST /_fovea/api/burst`: many viewers at a time ask for variants of one original that nobody has asked for. */
export interface BurstRequest {
  key: string
  /** Requests, 1–500. Default 300. */
  requests?: number
  /** Different widths among them, 1–11: the steps of the ladder. Default 4. */
  variants?: number
}

/** What came of it, once all are answered; {@link LiveSample} shows it while it happens. */
export interface BurstAnswer {
  requests: number
  variants: number
  /** Runs of the transformer that the burst caused. */
  transformerInvocations: number
  collapsed: number
  hits: number
  errors: number
  ms: number
  p50Ms: number
  p99Ms: number
}

/**
 * A sample of the edge's counts, one a second while someone looks and for five minutes after. `GET /_fovea/api/live` streams them as server-sent events, the
 * last five minutes first; who was cut off is sent what it missed.
 */
export interface LiveSample {
  /** Milliseconds since the epoch. */
  at: number
  stats: Stats
  /** Bytes of the originals behind the answers of 200, less the bytes that were sent, since the start. */
  bytesSaved: number
}

/** What the page has to know before anything. `GET /_fovea/api/setup`. */
export interface Setup {
  /** Access by prefix, ladder, aspects, tiers and presets, as deployed. */
  access: readonly (readonly [prefix: string, mode: string])[]
  ladder: readonly number[]
  aspects: readonly string[]
  presets: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  overlayPrefix: string
  /** Hosts that may embed, empty for all. */
  allowedHosts: readonly string[]
  maxUploadBytes: number
  /** Whether originals can be put in: only where they are a folder of this machine. */
  writable: boolean
}
