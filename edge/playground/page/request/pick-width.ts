/** Pixels across a picture that the page begins with, where the ladder has such a step. */
export const beginningWidth = 960

/** Pixels across a thumbnail: enough for sharp screens. */
export const thumbnailWidth = 320

/** The step of the ladder for so many pixels: what anyone may have, whatever the settings are. */
export function pickWidth(ladder: readonly number[], wanted: number): number {
  const rising = [...ladder].sort((one, other) => one - other)
  return rising.find((step) => step >= wanted) ?? rising.at(-1) ?? wanted
}
