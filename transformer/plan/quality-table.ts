// Written by `npm run bench:quality -- --fit`; do not edit.
export const qualityTable = [
  { quality: 1, jpeg: 1, webp: 1, avif: 1 },
  { quality: 50, jpeg: 50, webp: 56, avif: 43 },
  { quality: 60, jpeg: 60, webp: 65, avif: 47 },
  { quality: 70, jpeg: 70, webp: 78, avif: 54 },
  { quality: 80, jpeg: 80, webp: 85, avif: 64 },
  { quality: 90, jpeg: 90, webp: 92, avif: 78 },
  { quality: 100, jpeg: 100, webp: 100, avif: 100 },
] as const
