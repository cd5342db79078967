import type { Zoom } from '../state/choices.ts'

/** Where the picture is in the stage, in CSS pixels. */
export interface StageLayout {
  width: number
  height: number
  /** Of the part that can be seen. */
  left: number
  top: number
  visibleWidth: number
  visibleHeight: number
  /** CSS pixels for one of the picture. */
  scale: number
}

interface Size {
  width: number
  height: number
}

/** Places a picture in the middle of the stage; one that is larger begins at the edge and is scrolled. */
export function layOut(picture: Size, stage: Size, zoom: Zoom, pixelRatio: number): StageLayout {
  const fitting = Math.min(1, stage.width / picture.width, stage.height / picture.height)
  const scale = zoom === 'fit' ? fitting : Number(zoom) / pixelRatio
  const width = picture.width * scale
  const height = picture.height * scale
  return {
    width,
    height,
    left: Math.max(0, (stage.width - width) / 2),
    top: Math.max(0, (stage.height - height) / 2),
    visibleWidth: Math.min(width, stage.width),
    visibleHeight: Math.min(height, stage.height),
    scale,
  }
}
