/** Pixels that no side of a variant exceeds. WebP ends at 16,383, and a page needs far less. */
export const maxSide = 8192
