import type { ImageParameters } from '../../signer/image-parameters.ts'

/** What is signed: by the work that it makes. */
export const requests: readonly { name: string; key: string; parameters: ImageParameters }[] = [
  { name: 'no parameters', key: 'products/chair.jpg', parameters: {} },
  { name: 'typical', key: 'products/chair.jpg', parameters: { width: 800, quality: 'high' } },
  {
    name: 'seven parameters',
    key: 'products/2026/11/oak-chair-front.jpg',
    parameters: {
      width: 640,
      aspect: '16:9',
      fit: 'cover',
      gravity: '0.30_0.70',
      background: '#fff',
      format: 'jpg',
      version: 'v42',
    },
  },
  { name: 'key to escape', key: 'produits/été 2026/chaise nº 7.jpg', parameters: { width: 800 } },
]
