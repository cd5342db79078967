import { encodeKey } from '../encode-key.ts'
import { formatImageParameters, type ImageParameters } from '../image-parameters.ts'
import { awsSamples } from './aws-samples.ts'
import { cloudflare } from './cloudflare.ts'
import { cloudinary } from './cloudinary.ts'
import { ditBase64 } from './dit-base64.ts'
import { ditQuery } from './dit-query.ts'
import { imgix } from './imgix.ts'
import { imgproxy } from './imgproxy.ts'
import type { Rule } from './rule.ts'
import { type ForeignRequest, type ForeignUrl, type Service, splitForeignUrl } from './service.ts'

/** In the order in which a URL is tried: those first that have a form of their own. */
export const services: readonly Service[] = [
  cloudflare,
  cloudinary,
  ditBase64,
  imgproxy,
  imgix,
  awsSamples,
  ditQuery,
]

/** What became of one option. */
export interface TranslatedOption {
  /** As the URL has it. */
  option: string
  value: string
  /** `name=value`, by commas; '' for nothing. */
  becomes: string
  /** What is not the same, or why it is lost. */
  warning?: string
  /** Whether nothing stands for it, or for a part of it. */
  lost: boolean
}

export interface Translation {
  /** Id of the service. */
  service: string
  /** Whether the URL has the form of this one alone, or was taken for it because nothing spoke against it. */
  sure: boolean
  /** Path and query. */
  url: string
  key: string
  parameters: ImageParameters
  options: readonly TranslatedOption[]
  /** Of the URL as a whole. */
  warnings: readonly string[]
}

/**
 * `url`, written for another service, as a URL of Fovea. Every option is among `options`, whatever became of it.
 *
 * @param from the service's id. Default: the one whose form the URL has.
 * @returns undefined where it is no URL of the service, or of any.
 * @throws Error `expected X for key but received Y` where the original cannot have such a key.
 */
export function translateUrl(url: string, from?: string): Translation | undefined {
  const foreign = splitForeignUrl(url)
  const found = findService(foreign, from)
  if (!found) return undefined
  const { service, request, sure } = found
  const set: Record<string, string | number | undefined> = {}
  const option = (name: string) => findOption(service, request, name)
  const seen = new Set<string>()
  const options = request.options.map(([sent, value]): TranslatedOption => {
    const name = resolveName(service, sent)
    const described = { option: sent, value }
    if (seen.has(name)) return { ...described, becomes: '', warning: 'said before', lost: true }
    seen.add(name)
    const rule = findRule(service, name)
    if (!rule) return { ...described, becomes: '', warning: 'not known here', lost: true }
    const { set: read, warning, lost = read === undefined } = rule.read(value, option)
    const entries = Object.entries(read ?? {})
    const taken = entries.filter(([each, text]) => set[each] !== undefined && set[each] !== text)
    if (taken.length > 0) {
      const names = taken.map(([each]) => `\`${each}\``).join(', ')
      return { ...described, becomes: '', warning: `${names} is set already`, lost: true }
    }
    Object.assign(set, read)
    const becomes = entries.map(([each, text]) => `${each}=${text}`).join(', ')
    return { ...described, becomes, warning, lost }
  })
  const parameters = (service.complete?.(set, option) ?? set) as ImageParameters
  const query = formatImageParameters(parameters)
  return {
    service: service.id,
    sure,
    url: `/${encodeKey(request.key).path}${query && '?'}${query}`,
    key: request.key,
    parameters,
    options,
    warnings: request.warnings ?? [],
  }
}

function findService(
  url: ForeignUrl,
  from: string | undefined,
): { service: Service; request: ForeignRequest; sure: boolean } | undefined {
  const readable = services
    .filter(({ id }) => from === undefined || id === from)
    .flatMap((service) => {
      const request = service.read(url)
      return request ? [{ service, request, sure: from !== undefined || service.isOwn(url) }] : []
    })
  return (
    readable.find(({ sure }) => sure) ??
    // The one that knows most of its options.
    readable.sort((a, b) => countKnown(b) - countKnown(a))[0]
  )
}

function countKnown({ service, request }: { service: Service; request: ForeignRequest }): number {
  return request.options.filter(([name]) => findRule(service, resolveName(service, name))).length
}

function findOption(service: Service, request: ForeignRequest, name: string): string {
  return request.options.find(([sent]) => resolveName(service, sent) === name)?.[1] ?? ''
}

function resolveName({ aliases = {} }: Service, name: string): string {
  return Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name
}

/** The rule of an option, or of the group that it is in: `edits.overlayWith` for `edits.overlayWith.key`. */
function findRule(service: Service, name: string): Rule | undefined {
  if (Object.hasOwn(service.rules, name)) return service.rules[name]
  const group = name.replace(/\.[^.]*$/, '')
  return group === name ? undefined : findRule(service, group)
}
