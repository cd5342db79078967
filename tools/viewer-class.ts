/** Accept headers as browsers of each class send them for an image (Chrome 140, Safari 14, and what says nothing). */
export const acceptOf = {
  avif: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  webp: 'image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
  none: '*/*',
} as const

export type ViewerClass = keyof typeof acceptOf

export const viewerClasses = Object.keys(acceptOf) as readonly ViewerClass[]
