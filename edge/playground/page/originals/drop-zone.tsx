import { useEffect, useState } from 'preact/hooks'

/** While files are dragged over the page: where to let them go. */
export function DropZone({ onDrop }: { onDrop: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    // Entering a child is told before leaving its parent.
    let depth = 0
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (hasFiles(event)) setOver(++depth > 0)
    }
    const leave = (event: DragEvent) => {
      if (hasFiles(event)) setOver(--depth > 0)
    }
    const allow = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      depth = 0
      setOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      onDrop([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragenter', enter)
    addEventListener('dragleave', leave)
    addEventListener('dragover', allow)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragenter', enter)
      removeEventListener('dragleave', leave)
      removeEventListener('dragover', allow)
      removeEventListener('drop', drop)
    }
  }, [onDrop])
  return over ? (
    <div class="drop-zone">
      <p>Drop pictures to add them to the originals</p>
    </div>
  ) : null
}
