// Written by `npm run bench:quality -- --fit`; do not edit.

/**
 * Equal looks: the quality of plain JPEG (4:2:0, sharp's defaults), and the qualities at which our encoders have the same
 * SSIMULACRA 2 score.
 *
 * Measured 2026-11-23 at 320, 800 px, with sharp 0.35.5, libvips 8.18.7, fast-ssim2 0.9.1, on
 * acanthus-mollis, allium-oreophilum, dust-bowl-home, french-alpine-landscape, earth-from-space,
 * jpg_canon_450d_12mp.jpg, jpg_22mp_444.jpg, jpg_adobergb_canon7d.jpg, jpg_iphone4s_o6.jpg, jpg_iphone5_o3.jpg,
 * jpg_leica_t_16mp_o8.jpg, webp_10mp_o6.webp, avif_20mp.avif, png_screenshot_3mp.png.
 *
 * Standard deviation over the pictures, row by row without the ends: JPEG 1, 2, 4, 4, 3, 2, 1, 1; WebP 1, 8, 10, 10, 5, 3, 4, 2;
 * AVIF 7, 8, 6, 6, 4, 4, 5, 6.
 */
export const qualityTable = [
  { quality: 1, jpeg: 1, webp: 1, avif: 1 },
  { quality: 10, jpeg: 11, webp: 1, avif: 7 },
  { quality: 30, jpeg: 32, webp: 26, avif: 33 },
  { quality: 50, jpeg: 52, webp: 51, avif: 44 },
  { quality: 60, jpeg: 60, webp: 61, avif: 48 },
  { quality: 70, jpeg: 70, webp: 75, avif: 54 },
  { quality: 80, jpeg: 80, webp: 83, avif: 62 },
  { quality: 90, jpeg: 90, webp: 92, avif: 76 },
  { quality: 95, jpeg: 95, webp: 98, avif: 86 },
  { quality: 100, jpeg: 100, webp: 100, avif: 100 },
] as const
