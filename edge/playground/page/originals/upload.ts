import { useState } from 'preact/hooks'
import { imageUrl } from '../../../../signer/client/image-url.ts'
import type { AskAnswer, PutOriginal } from '../../api.ts'
import { formatBytes } from '../parts/figures.ts'
import { apiAddress, callApi, readRefusal } from '../request/call-api.ts'
import { beginningWidth, pickWidth, thumbnailWidth } from '../request/pick-width.ts'
import { usePlayground } from '../state/playground.ts'
import { describeError } from '../state/use-latest.ts'

/** A file on its way to the originals. */
export interface Upload {
  key: string
  /** 0 to 1. */
  progress: number
  state: 'sending' | 'asking' | 'done' | 'failed'
  /** What came of it. */
  message: string
  /** Sends it although there is one of its name; where that is to be decided. */
  replace?: () => void
}

/** What is on its way or was, and a function that puts files in, one after the other, and shows the last. */
export function useUploads(): {
  uploads: readonly Upload[]
  put: (files: readonly File[]) => Promise<void>
  forget: () => void
} {
  const { setup, originals, choices, change, reloadOriginals, askAgain } = usePlayground()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const update = (upload: Upload) =>
    setUploads((known) => [upload, ...known.filter(({ key }) => key !== upload.key)])
  const put = async (files: readonly File[], replace = false) => {
    let last: string | undefined
    for (const file of files) {
      const key = file.name
      const upload: Upload = { key, progress: 0, state: 'sending', message: 'sending' }
      if (!replace && originals.some((each) => each.key === key)) {
        // It may be the only copy of somebody's picture.
        const again = () => void put([file], true)
        update({ ...upload, state: 'asking', message: 'is there already', replace: again })
        continue
      }
      update(upload)
      try {
        if (file.size > setup.maxUploadBytes) {
          throw new Error(
            `expected at most ${formatBytes(setup.maxUploadBytes)}; received ${formatBytes(file.size)}`,
          )
        }
        const entry = await sendFile(key, file, replace, (progress) => update({ ...upload, progress }))
        const sent: Upload = { ...upload, progress: 1, state: 'done', message: 'added' }
        if (entry.replaced) {
          update({ ...sent, message: 'replaced; its variants are leaving the cache' })
          const gone = await awaitFresh(entry, pickWidth(setup.ladder, thumbnailWidth))
          sent.message = gone ? 'replaced' : 'replaced; the cache may hold variants of the former yet'
        }
        update(sent)
        last = key
      } catch (error) {
        update({ ...upload, state: 'failed', message: describeError(error) })
      }
    }
    if (last === undefined) return
    await reloadOriginals()
    const url = imageUrl(last, { width: pickWidth(setup.ladder, beginningWidth) })
    if (choices.url === url) askAgain()
    else change({ url })
  }
  return { uploads, put, forget: () => setUploads([]) }
}

/** Milliseconds between questions whether a replaced original is seen, and how often it is asked. */
const fresh = { everyMs: 500, times: 40 }

/** Waits until the edge shows the new original, as it does once its variants are invalidated; false where that takes too long. */
async function awaitFresh({ key, modifiedAt }: PutOriginal, width: number): Promise<boolean> {
  const url = imageUrl(key, { width })
  for (let time = 0; time < fresh.times; time++) {
    const { headers, status } = await callApi<AskAnswer>('ask', { url, viewer: 'chrome', method: 'HEAD' })
    const shownAt = Date.parse(headers['last-modified'] ?? '')
    // The header counts whole seconds.
    if (status >= 400 || shownAt >= Math.floor(Date.parse(modifiedAt) / 1000) * 1000) return true
    await new Promise((resolve) => setTimeout(resolve, fresh.everyMs))
  }
  return false
}

/** Sends a file; fetch does not tell how far it is. */
function sendFile(
  key: string,
  file: File,
  replace: boolean,
  onProgress: (share: number) => void,
): Promise<PutOriginal> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', apiAddress(`originals?key=${encodeURIComponent(key)}${replace ? '&replace=1' : ''}`))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(new Error('the connection broke off'))
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText))
      else reject(new Error(readRefusal(request.responseText, request.status)))
    }
    request.send(file)
  })
}
