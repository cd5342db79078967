import { useMemo, useState } from 'preact/hooks'
import { imageUrl } from '../../../../signer/client/image-url.ts'
import type { OriginalEntry } from '../../api.ts'
import { drawPlaceholder } from '../parts/draw-placeholder.ts'
import { formatBytes } from '../parts/figures.ts'

/** An original to choose, its picture made by the pipeline. */
export function Thumbnail({
  original,
  chosen,
  signed,
  waits,
  width,
  onChoose,
}: {
  original: OriginalEntry
  chosen: boolean
  /** Whether nothing is served of it without a signature. */
  signed: boolean
  /** Whether its picture is not asked for yet. */
  waits: boolean
  /** Of its picture in pixels. */
  width: number
  onChoose: () => void
}) {
  const { key, bytes, modifiedAt, thumbhash } = original
  const [state, setState] = useState<'loading' | 'shown' | 'none'>('loading')
  const placeholder = useMemo(() => thumbhash && drawPlaceholder(thumbhash), [thumbhash])
  const folders = key.split('/')
  const name = folders.pop() ?? key
  // An unknown parameter is no part of the cache key, and has the browser ask anew where the original is another.
  const source = `${imageUrl(key, { width })}&changed=${Date.parse(modifiedAt)}`
  return (
    <li>
      <button type="button" class="thumbnail" aria-pressed={chosen} title={key} onClick={onChoose}>
        <span
          class={`thumbnail-picture thumbnail-${state}`}
          style={placeholder && state !== 'shown' ? { backgroundImage: `url("${placeholder}")` } : undefined}
        >
          {state !== 'none' && !signed && !waits && (
            <img
              src={source}
              alt=""
              loading="lazy"
              decoding="async"
              onLoad={() => setState('shown')}
              onError={() => setState('none')}
            />
          )}
          {(state === 'none' || signed) && (
            <span class="thumbnail-ending" aria-hidden="true">
              {signed ? 'signed' : name.split('.').at(-1)}
            </span>
          )}
        </span>
        <span class="thumbnail-name">
          {name}
          {folders.length > 0 && <span class="hidden"> in {folders.join('/')}</span>}
        </span>
        <span class="thumbnail-bytes">{formatBytes(bytes)}</span>
      </button>
    </li>
  )
}
