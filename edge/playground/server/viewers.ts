import type { ViewerEntry } from '../api.ts'
import { imageAccepts } from '../image-accepts.ts'

const accepted = { 'accept-encoding': 'gzip, deflate, br, zstd' }

/** What a browser says of where a picture is shown; of `sec-fetch-site` only it itself knows. */
const fetched = { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors', 'sec-fetch-site': 'same-origin' }

const chromeAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const androidAgent =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'

/** Those who ask for pictures in ways that make a difference. User-Agent is what CloudFront tells phones from desktops by. */
export const viewers: readonly ViewerEntry[] = [
  {
    id: 'chrome',
    name: 'Chrome 156',
    headers: { accept: imageAccepts.chrome, 'user-agent': chromeAgent, ...accepted, ...fetched },
  },
  {
    id: 'safari',
    name: 'Safari 26',
    headers: {
      accept: imageAccepts.safari,
      'user-agent':
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      ...accepted,
      ...fetched,
    },
  },
  {
    id: 'firefox',
    name: 'Firefox 145',
    headers: {
      accept: imageAccepts.firefox,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      ...accepted,
      ...fetched,
    },
  },
  {
    id: 'old-browser',
    name: 'Safari 13, without WebP and AVIF',
    headers: {
      accept: imageAccepts.safari13,
      'user-agent':
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.2 Safari/605.1.15',
      'accept-encoding': 'gzip, deflate, br',
    },
  },
  { id: 'curl', name: 'curl', headers: { accept: imageAccepts.any, 'user-agent': 'curl/8.14.1' } },
  {
    id: 'save-data',
    name: 'Chrome 156 on a phone, saving data',
    headers: {
      accept: imageAccepts.chrome,
      'user-agent': androidAgent,
      'save-data': 'on',
      ...accepted,
      ...fetched,
    },
  },
  {
    id: 'phone-3x',
    name: 'Chrome 156 on a phone, 3 pixels a point',
    headers: {
      accept: imageAccepts.chrome,
      'user-agent': androidAgent,
      'sec-ch-dpr': '3',
      'sec-ch-viewport-width': '390',
      ...accepted,
      ...fetched,
    },
  },
]
