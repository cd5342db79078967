// The worked examples of docs/url.md. Only the requests are written here: what becomes of them is computed.

/** Viewers by the words in which the page names them, as the headers they send, names in lower case. */
export const viewers = {
  'AVIF viewer': { accept: 'image/avif,image/webp,image/apng,*/*;q=0.8' },
  'WebP viewer': { accept: 'image/webp,*/*;q=0.8' },
  'viewer of neither': { accept: '*/*' },
  'AVIF viewer with Save-Data': { accept: 'image/avif,image/webp,*/*', 'save-data': 'on' },
  'AVIF viewer on a phone': { accept: 'image/avif,image/webp,*/*', 'cloudfront-is-mobile-viewer': 'true' },
  'AVIF viewer with hints': {
    accept: 'image/avif,image/webp,*/*',
    'sec-ch-dpr': '2.6',
    'sec-ch-width': '700',
  },
} as const satisfies Record<string, Record<string, string>>

export interface Example {
  request: string
  /** Default: an AVIF viewer. */
  viewer?: keyof typeof viewers
}

/** Examples to be looked at, by what they show: `npm run gallery` makes their pictures. */
export const pictured: Readonly<Record<string, readonly Example[]>> = {
  Sizes: [
    { request: '/p/chair.jpg?width=800' },
    { request: '/p/chair.jpg?height=240' },
    { request: '/p/chair.jpg?w=200&h=150&dpr=2' },
    { request: '/p/chair.jpg?w=640&aspect=16:9' },
    { request: '/p/chair.jpg?width=auto', viewer: 'AVIF viewer on a phone' },
    { request: '/p/chair.jpg?width=auto', viewer: 'AVIF viewer with hints' },
    { request: '/p/chair.jpg?w=200&dpr=auto', viewer: 'AVIF viewer with hints' },
    { request: '/p/icon.png?w=480&enlarge=1' },
  ],
  'A box, and how the picture meets it': [
    { request: '/p/chair.jpg?w=480&h=480&fit=cover' },
    { request: '/p/chair.jpg?w=480&h=480&fit=inside' },
    { request: '/p/chair.jpg?w=480&h=480&fit=pad&bg=%23FC8' },
    { request: '/p/chair.jpg?w=480&h=480&fit=contain&gravity=north' },
    { request: '/p/chair.jpg?w=480&h=480&fit=outside' },
    { request: '/p/chair.jpg?w=480&h=480&fit=fill' },
  ],
  'Which part is kept': [
    { request: '/p/chair.jpg?w=600&aspect=1-1&gravity=west' },
    { request: '/p/chair.jpg?w=400&h=600&g=0.333_0.75' },
    { request: '/p/chair.jpg?w=400&h=600&g=1_0.5' },
    { request: '/p/chair.jpg?w=400&h=600&gravity=attention' },
    { request: '/p/chair.jpg?w=400&h=600&gravity=entropy' },
    { request: '/p/chair.jpg?crop=0.25_0.0_0.5_0.5&w=640' },
    { request: '/p/chair.jpg?crop=320_90_480_360' },
  ],
  'Turned, cut and framed': [
    { request: '/p/chair.jpg?w=360&rotate=90' },
    { request: '/p/chair.jpg?w=480&rotate=180' },
    { request: '/p/chair.jpg?w=480&flip=h' },
    { request: '/p/chair.jpg?w=480&flip=v' },
    { request: '/p/logo.png?trim=10' },
    { request: '/p/logo.png?trim=10&pad=40' },
    { request: '/p/logo.png?trim=10&pad=40&bg=ffe3c2' },
    { request: '/p/chair.jpg?w=480&radius=60' },
    { request: '/p/chair.jpg?w=360&h=360&radius=max' },
    { request: '/p/chair.jpg?w=480&h=240&radius=max&pad=30&bg=f3c89b' },
  ],
  Retouched: [
    { request: '/p/chair.jpg?w=480&blur=2' },
    { request: '/p/chair.jpg?w=480&blur=12' },
    { request: '/p/chair.jpg?crop=0.4_0.25_0.25_0.25&w=400&sharpen=0.5' },
    { request: '/p/chair.jpg?crop=0.4_0.25_0.25_0.25&w=400&sharpen=3' },
    { request: '/p/chair.jpg?w=480&brightness=0.6' },
    { request: '/p/chair.jpg?w=480&brightness=1.5' },
    { request: '/p/chair.jpg?w=480&contrast=0.6' },
    { request: '/p/chair.jpg?w=480&contrast=1.5' },
    { request: '/p/chair.jpg?w=480&saturation=0.4' },
    { request: '/p/chair.jpg?w=480&saturation=1.8' },
    { request: '/p/chair.jpg?w=480&hue=90' },
    { request: '/p/chair.jpg?w=480&hue=180' },
    { request: '/p/chair.jpg?w=480&greyscale=1' },
    { request: '/p/chair.jpg?w=480&tint=f80' },
    { request: '/p/chair.jpg?w=480&brightness=1.1&contrast=1.05&saturation=1&hue=0' },
  ],
  'Laid over': [
    { request: '/p/chair.jpg?w=480&overlay=overlays/logo.png' },
    { request: '/p/chair.jpg?w=480&overlay=overlays/logo.png&overlay-width=60' },
    { request: '/p/chair.jpg?w=480&overlay=overlays/logo.png&overlay-width=40&overlay-gravity=se' },
    {
      request:
        '/p/chair.jpg?w=480&overlay=overlays/logo.png&overlay-width=40&overlay-gravity=se&overlay-margin=5',
    },
    { request: '/p/chair.jpg?w=480&overlay=overlays/logo.png&overlay-width=80&overlay-opacity=35' },
    {
      request:
        '/p/chair.jpg?w=480&overlay=overlays/eye.svg&overlay-width=12&overlay-gravity=tile&overlay-margin=8&overlay-opacity=50',
    },
    {
      request:
        '/p/chair.jpg?w=400&pad=40&bg=1b2440&overlay=overlays/logo.png&overlay-width=20&overlay-gravity=s&overlay-margin=1',
    },
  ],
  'Formats and quality': [
    { request: '/p/chair.jpg?w=480&format=auto' },
    { request: '/p/chair.jpg?w=480', viewer: 'WebP viewer' },
    { request: '/p/chair.jpg?w=480', viewer: 'viewer of neither' },
    { request: '/p/chair.jpg?w=480&fm=JPG&q=70' },
    { request: '/p/chair.jpg?w=480&f=png&q=70' },
    { request: '/p/chair.jpg?crop=0.4_0.25_0.25_0.25&w=400&quality=low' },
    { request: '/p/chair.jpg?crop=0.4_0.25_0.25_0.25&w=400&quality=high' },
    { request: '/p/chair.jpg?w=480', viewer: 'AVIF viewer with Save-Data' },
    { request: '/p/chair.jpg?w=480&quality=high', viewer: 'AVIF viewer with Save-Data' },
    { request: '/p/chart.png?w=480' },
    { request: '/p/chart.png?w=480&lossless=1' },
    { request: '/p/spinner.gif?w=240' },
    { request: '/p/spinner.gif?w=240&animated=0' },
    { request: '/p/spinner.gif?w=240&page=0' },
    { request: '/p/spinner.gif?w=240&page=3' },
    { request: '/p/chair.tif?format=original' },
  ],
  'What is told and kept': [
    { request: '/p/chair.jpg?format=json' },
    { request: '/p/chair.jpg?format=thumbhash' },
    { request: '/p/chair.jpg?format=blurhash' },
    { request: '/p/chair.jpg?w=480&metadata=copyright' },
    { request: '/p/chair.jpg?w=480&download=chair.jpg' },
    { request: '/p/chair.jpg' },
  ],
}

/** Examples by what they show. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  ...pictured,
  'One key for what means the same': [
    { request: '/p/chair.jpg?H=300&utm_source=letter&W=400&fbclid=x' },
    { request: '/p/chair.jpg?h=300&w=400&fit=cover&gravity=centre' },
    { request: '/p/chair.jpg?w=800&fit=inside&gravity=north' },
    { request: '/p/chair.jpg?w=800&overlay-width=20&overlay-gravity=se' },
    {
      request:
        '/p/chair.jpg?overlay=overlays%2Fsold%20out.svg&overlay-gravity=center&w=800&overlay-opacity=100',
    },
    { request: '/?key=p/chair.jpg&w=800' },
    { request: '/caf%C3%A9/a+b~1.jpg?w=320&v=2026.11' },
  ],
  'Presets and signatures': [
    { request: '/p/chair.jpg?preset=card' },
    { request: '/p/chair.jpg?preset=card&dpr=2&q=low' },
    {
      request:
        '/p/chair.jpg?w=801&embed=any&exp=1800000000&kid=k1&sig=dGhlIHNpZ25hdHVyZSBuZXZlciByZWFjaGVzIHRoZSA',
    },
    { request: '/p/chair.jpg?preset=cards' },
  ],
  'Canonical URLs as requests': [
    { request: '/p/chair.jpg?rev=1&width=800&format=auto.webp' },
    { request: '/p/chair.jpg?rev=1&width=800&format=auto.webp', viewer: 'viewer of neither' },
    { request: '/p/chair.jpg?rev=1&w=800&format=auto.webp' },
    { request: '/p/chair.jpg?rev=1&width=800' },
  ],
  Refusals: [
    { request: '/p/chair.jpg?width=9000' },
    { request: '/p/chair.jpg?w=5000&dpr=2' },
    { request: '/p/chair.jpg?w=100px' },
    { request: '/p/chair.jpg?w=100&width=200' },
    { request: '/p/chair.jpg?w=100&h=100&ar=1-1' },
    { request: '/p/chair.jpg?dpr=2' },
    { request: '/p/chair.jpg?format=original&w=100' },
    { request: '/p/chair.jpg?format=json&overlay=overlays/logo.png' },
    { request: '/p/chair.jpg?w=640&overlay=overlays/../p/table.jpg' },
    { request: '/p/chair.jpg?w=640&f=jpeg&lossless=1' },
    { request: '/p/chair.jpg?format=auto.avif' },
    { request: '/p/chair.jpg?key=p/table.jpg' },
    { request: '/p//chair.jpg?w=100' },
    { request: '/p%2Fchair.jpg?w=100' },
    { request: '/?w=100' },
  ],
}
