import type { Upload } from './upload.ts'

/** How far files are on their way, and what came of each. */
export function UploadList({ uploads, onForget }: { uploads: readonly Upload[]; onForget: () => void }) {
  if (uploads.length === 0) return null
  const underway = uploads.some(({ state }) => state === 'sending')
  return (
    <div class="uploads">
      <ul aria-live="polite">
        {uploads.map(({ key, progress, state, message, replace }) => (
          <li key={key} class={`upload upload-${state}`}>
            <span class="upload-key">{key}</span>
            {state === 'sending' ? (
              <progress value={progress} aria-label={`Sending ${key}`} />
            ) : (
              <span class="upload-message">{message}</span>
            )}
            {replace && (
              <button type="button" aria-label={`Replace ${key}`} onClick={replace}>
                Replace it
              </button>
            )}
          </li>
        ))}
      </ul>
      {!underway && (
        <button type="button" class="quiet" onClick={onForget}>
          Clear
        </button>
      )}
    </div>
  )
}
