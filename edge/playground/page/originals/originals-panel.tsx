import { useRef, useState } from 'preact/hooks'
import { findAccess } from '../access/find-access.ts'
import { formatPlural } from '../parts/figures.ts'
import { beginningWidth, pickWidth, thumbnailWidth } from '../request/pick-width.ts'
import { readKey, writeKey } from '../request/request-url.ts'
import { usePlayground } from '../state/playground.ts'
import { DropZone } from './drop-zone.tsx'
import { Thumbnail } from './thumbnail.tsx'
import { useUploads } from './upload.ts'
import { UploadList } from './upload-list.tsx'

/** Originals that are shown before one asks for more. */
const pageSize = 60

/** The originals of the folder: to look through, to choose, to add to. */
export function OriginalsPanel() {
  const { originals, setup, choices, change, answer } = usePlayground()
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(pageSize)
  const input = useRef<HTMLInputElement>(null)
  const { uploads, put, forget } = useUploads()
  const chosen = readKey(choices.url)
  // The picture goes first: thumbnails would keep the transformer from it.
  const answered = useRef(false)
  answered.current ||= answer.value !== undefined || answer.error !== undefined
  const words = search.toLowerCase().split(/\s+/)
  const found = originals.filter(({ key }) => words.every((word) => key.toLowerCase().includes(word)))
  const choose = (key: string) => {
    const beginning = `/x?width=${pickWidth(setup.ladder, beginningWidth)}`
    change({ url: writeKey(readKey(choices.url) ? choices.url : beginning, key) })
  }
  return (
    <aside class="originals" aria-labelledby="originals-title">
      <div class="panel-head">
        <h2 id="originals-title">Originals</h2>
        <span class="count">{formatPlural(found.length, 'file')}</span>
      </div>
      <div class="originals-tools">
        <input
          type="search"
          aria-label="Search the originals"
          placeholder="Search"
          value={search}
          onInput={(event) => {
            setSearch(event.currentTarget.value)
            setShown(pageSize)
          }}
        />
        {setup.writable && (
          <>
            <button type="button" onClick={() => input.current?.click()}>
              Add …
            </button>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              aria-label="Pictures to add"
              onChange={(event) => {
                const { currentTarget } = event
                void put([...(currentTarget.files ?? [])])
                currentTarget.value = ''
              }}
            />
            <DropZone onDrop={(files) => put(files)} />
          </>
        )}
      </div>
      <UploadList uploads={uploads} onForget={forget} />
      {found.length === 0 && (
        <p class="empty">
          {originals.length === 0
            ? setup.writable
              ? 'No originals yet. Drop a picture anywhere on this page.'
              : 'No originals yet.'
            : `No key holds “${search}”.`}
        </p>
      )}
      <ul class="thumbnails">
        {found.slice(0, shown).map((original) => (
          <Thumbnail
            key={`${original.key} ${original.modifiedAt}`}
            original={original}
            waits={!answered.current}
            width={pickWidth(setup.ladder, thumbnailWidth)}
            chosen={original.key === chosen}
            signed={['signed', 'closed'].includes(findAccess(setup.access, original.key))}
            onChoose={() => choose(original.key)}
          />
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" class="quiet" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, found.length - shown)} more
        </button>
      )}
    </aside>
  )
}
