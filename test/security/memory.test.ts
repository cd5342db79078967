import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { before, suite, test } from 'node:test'
import { idleCode, runInNjs } from '../../bench/viewer-fn/njs.ts'
import { signingKey } from '../../bench/viewer-fn/store.ts'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatSettings } from '../../grammar/format-settings.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { requirement } from '../requirements.ts'
import { longHeaders, longUrls, maxUrlBytes } from './long-urls.ts'
import { type Headers, readBuiltFile, settings } from './run-edge.ts'

// Whoever makes the function run out of memory is answered 503, and the owner's alarms count it. njs, the nearest engine to
// CloudFront's, frees nothing during a call.

/** Bytes of memory that a function has. Source: CloudFront developer guide, "Quotas". */
const maxMemoryBytes = 2 * 1024 * 1024

const own: Partial<DecisionSettings> = {
  access: [['', 'open']],
  overlays: '',
  hotlinks: { pages: formatPagePattern(['shop.example', '*.shop.example']), strict: true },
}

/** Parameters that go together, each of which costs more than one that means nothing. */
const many = [
  'width=%38%30%30&height=6%30%30&dpr=1.5&fit=%70ad&gravity=0.33_0.67&enlarge=1&crop=0.1_0.1_0.8_0.8&trim=10&rotate=90',
  'flip=hv&pad=20&background=%23ffeedd80&radius=max&blur=0.5&sharpen=1&brightness=1.5&contrast=2&saturation=0.5&hue=90',
  'greyscale=1&tint=f80&overlay-width=20&overlay-gravity=se&overlay-margin=2&overlay-opacity=50&format=%61uto&quality=85',
  `page=3&metadata=all&version=${'v'.repeat(32)}&download=${'d'.repeat(32)}&embed=any&overlay=${'%7E'.repeat(1024)}`,
].join('&')

const longAccept = { ...longHeaders['weights in Accept'], host: 'd1.cloudfront.net' }
/** Wrong, which takes as much as one that is right: everything else is judged all the same. */
const proof = `exp=${Math.floor(Date.now() / 1000) + 3600}&kid=${signingKey.id}&sig=${'A'.repeat(43)}`

/** As many pieces as are read. */
const most = [...`${many}&${proof}`.split('&'), ...Array(99).fill('%7E')].slice(0, 99).join('&')

const requests: Readonly<Record<string, readonly [path: string, query?: string, headers?: Headers]>> = {
  ...longUrls,
  ...Object.fromEntries(
    Object.entries(longHeaders).map(([name, headers]) => [name, ['/a.jpg', 'width=800', headers]]),
  ),
  'parameters of every kind, a key of escapes, a long Accept': [`/${'%C3%A9'.repeat(512)}`, most, longAccept],
}

const canMeasure = spawnSync('njs', ['-v']).error === undefined && existsSync('/proc/self/status')

suite('the memory of the edge function', requirement('njs', canMeasure), () => {
  let code: string

  before(async () => {
    code = (await readBuiltFile()).split('__FOVEA_SETTINGS__').join(formatSettings({ ...settings, ...own }))
  })

  for (const [name, [path, query, headers = {}]] of Object.entries(requests)) {
    test(`suffices to load it and to answer: ${name}`, async (context) => {
      assert.ok(Buffer.byteLength(query === undefined ? path : `${path}?${query}`) <= maxUrlBytes)
      const sent = Object.entries({ accept: 'image/avif,image/webp', ...headers })
      const event = JSON.stringify({
        rawQueryString: query,
        request: {
          method: 'GET',
          uri: path,
          headers: Object.fromEntries(sent.map(([header, value]) => [header, { value }])),
        },
      })
      const [busy, idle] = [await runInNjs(code, event, 1), await runInNjs(idleCode, event, 1)]
      assert.match(busy.answer, /^(4\d\d |\/)/)
      const bytes = (busy.endBytes ?? Number.NaN) - (idle.endBytes ?? Number.NaN)
      context.diagnostic(`${bytes} bytes: ${busy.answer.slice(0, 40)}`)
      assert.ok(bytes > 0 && bytes < maxMemoryBytes, `${bytes} bytes`)
    })
  }
})
