import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { AccessMode } from '../../grammar/access.ts'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { type ParameterName, parameters } from '../../grammar/parameters.ts'
import { unsignedPattern } from '../../grammar/unsigned.ts'
import { arbitraryWish, type Wish } from './arbitrary-request.ts'
import { arbitrarySpelling, plain, spellUrl } from './arbitrary-spelling.ts'
import { type Asked, decideUrl, signUrl, verdictOf } from './decision.ts'
import { canonicalOf, checkRejection, settings } from './url-outcome.ts'

const mixed: DecisionSettings = {
  ...settings,
  presets: {
    ...settings.presets,
    face: { crop: '0.2500_0.0000_0.5000_0.5000', gravity: 'attention' },
    thumb: { width: 100, quality: 83 },
  },
  // As a deployment has them: the longest prefix first.
  access: [
    ['signed/open/', 'open'],
    ['bounded/', 'bounded'],
    ['closed/', 'closed'],
    ['signed/', 'signed'],
    ['', 'open'],
  ],
}
const asked: Asked = { settings: mixed }

/** Each key with the mode that holds for it, however it is spelt. */
const keys: readonly (readonly [url: string, mode: AccessMode])[] = [
  ['/x.jpg', 'open'],
  ['/bounded/x.jpg', 'bounded'],
  ['/bounded/a/b/x.jpg', 'bounded'],
  ['/signed/x.jpg', 'signed'],
  ['/closed/x.jpg', 'closed'],
  // The longest prefix counts, and a prefix is one of the key alone.
  ['/signed/open/x.jpg', 'open'],
  ['/signed/openx.jpg', 'signed'],
  ['/signed.jpg', 'open'],
  ['/signed', 'open'],
  ['/x/signed/x.jpg', 'open'],
  // Another case is another key.
  ['/Signed/x.jpg', 'open'],
  // Another spelling is the same one.
  ['/%73igned/x.jpg', 'signed'],
  ['/%73%69%67%6e%65%64/x.jpg', 'signed'],
  ['/clo%73ed/x.jpg', 'closed'],
  ['/?key=signed/x.jpg', 'signed'],
  ['/?key=signed%2fx.jpg', 'signed'],
  ['/?key=closed%2Fx.jpg', 'closed'],
  ['/?KEY=%62ounded/x.jpg', 'bounded'],
  // A tilde escapes in canonical URLs alone.
  ['/~73igned/x.jpg', 'open'],
]

/** The verdict on `url` and on it with `query`, by mode: what the bounds do not list needs a signature. */
const verdicts: Readonly<Record<AccessMode, readonly (readonly [query: string, refused: string])[]>> = {
  open: [
    ['', ''],
    ['crop=1_1_5_5', ''],
  ],
  bounded: [
    ['', ''],
    ['crop=1_1_5_5', '403 needs-signature'],
  ],
  signed: [
    ['', '403 needs-signature'],
    ['crop=1_1_5_5', '403 needs-signature'],
  ],
  closed: [
    ['', '403 guarded'],
    ['crop=1_1_5_5', '403 guarded'],
  ],
}

suite('access is decided by the decoded key:', () => {
  for (const [url, mode] of keys) {
    test(`${url} is ${mode}`, () => {
      const mark = url.includes('?') ? '&' : '?'
      for (const [query, refused] of verdicts[mode]) {
        const verdict = verdictOf(`${url}${query && mark + query}`, asked)
        if (refused) assert.equal(verdict, `refused: ${refused}`)
        else assert.match(verdict, /^\/[^?]+\?rev=1&/)
      }
    })

    test(`${url} with a signature is ${mode === 'closed' ? 'closed' : 'open'}`, () => {
      const mark = url.includes('?') ? '&' : '?'
      for (const [query] of verdicts.open) {
        const signed = signUrl(`${url}${query && mark + query}`)
        const verdict = verdictOf(signed, asked)
        if (mode === 'closed') assert.equal(verdict, 'refused: 403 guarded')
        else assert.equal(verdict, canonicalOf(signed))
      }
    })
  }

  test('a canonical URL is held to it like a request', () => {
    assert.equal(verdictOf('/signed/x.jpg?rev=1&format=auto', asked), 'refused: 403 needs-signature')
    assert.equal(verdictOf('/~73igned/x.jpg?rev=1&format=auto', asked), 'refused: 403 needs-signature')
    assert.equal(verdictOf('/closed/x.jpg?rev=1&format=auto', asked), 'refused: 403 guarded')
    assert.equal(
      verdictOf('/bounded/x.jpg?rev=1&crop=1_1_5_5&format=auto', asked),
      'refused: 403 needs-signature',
    )
    const fine = '/bounded/x.jpg?rev=1&width=160&format=auto'
    assert.equal(verdictOf(fine, asked), fine)
    const exact = '/signed/x.jpg?rev=1&width=161&crop=1_1_5_5&format=auto.webp&version=3'
    assert.equal(verdictOf(signUrl(exact), asked), exact)
  })

  test('in whatever way a request is spelt', () => {
    const seen = new Map<string, number>()
    const prefix = fc.constantFrom('', 'bounded/', 'signed/', 'signed/open/', 'closed/')
    const wish = fc.oneof(arbitraryWish, arbitraryWish.map(keepUnsigned))
    const property = fc.property(wish, prefix, arbitrarySpelling, (wish, folder, spelling) => {
      const key = folder + wish.key
      const values: Wish['values'] = { ...wish.values, ...(wish.values.key && { key }) }
      const verdict = verdictOf(spellUrl({ key, values }, plain), asked)
      assert.equal(verdictOf(spellUrl({ key, values }, spelling), asked), verdict)
      const name = verdict.replace(/^\/.*/, `accepted of ${folder}`)
      seen.set(name, (seen.get(name) ?? 0) + 1)
    })
    fc.assert(property, { numRuns: 2000 })
    for (const name of ['403 needs-signature', '403 guarded'].map((each) => `refused: ${each}`)) {
      assert.ok((seen.get(name) ?? 0) > 100, JSON.stringify([...seen]))
    }
    for (const folder of ['', 'bounded/', 'signed/open/']) {
      assert.ok((seen.get(`accepted of ${folder}`) ?? 0) > 20, JSON.stringify([...seen]))
    }
    for (const folder of ['signed/', 'closed/']) assert.equal(seen.get(`accepted of ${folder}`), undefined)
  })
})

/** Of `wish`, what no bounds refuse: of those that say everything, next to none are within them. */
function keepUnsigned({ key, values }: Wish): Wish {
  const kept = Object.entries(values).filter(([name, value]) => unsignedPattern.test(`${name}=${value}`))
  return { key, values: Object.fromEntries(kept.filter(([name]) => name !== 'aspect')) }
}

/** By parameter: what a request may say without a signature where access is bounded, and what it may not. */
const bounds: Readonly<Record<ParameterName, readonly [allowed: string, refused: string]>> = {
  width: ['width=161 w=auto w=1', ''],
  height: ['height=100', ''],
  aspect: ['aspect=16:9', ''],
  dpr: ['width=100&dpr=1.37 w=100&dpr=auto', ''],
  fit: ['fit=fill fit=cover fit=pad fit=clip fit=outside', ''],
  gravity: [
    'g=n g=ne g=e g=se g=s g=sw g=w g=nw g=center g=0_0 g=.5_.5',
    'g=attention g=entropy g=0.3_0.7 g=0.5_0.51',
  ],
  enlarge: ['', 'enlarge=1'],
  crop: ['', 'crop=0_0_1_1 crop=0.0_0_1_1'],
  trim: ['', 'trim=10'],
  rotate: ['', 'rotate=90'],
  flip: ['', 'flip=h'],
  pad: ['', 'pad=20'],
  background: ['', 'background=fff bg=transparent'],
  radius: ['', 'radius=max'],
  blur: ['', 'blur=5'],
  sharpen: ['', 'sharpen=1'],
  brightness: ['', 'brightness=1'],
  contrast: ['', 'contrast=2'],
  saturation: ['', 'saturation=0'],
  hue: ['', 'hue=0'],
  greyscale: ['', 'greyscale=1 grayscale=1'],
  tint: ['', 'tint=f80'],
  overlay: ['', 'overlay=marks/logo.png'],
  'overlay-width': ['', 'overlay-width=20'],
  'overlay-gravity': ['', 'overlay-gravity=se'],
  'overlay-margin': ['', 'overlay-margin=2'],
  'overlay-opacity': ['', 'overlay-opacity=50'],
  format: ['f=auto f=avif f=webp f=jpg f=jpeg f=png', 'f=gif f=original f=json f=thumbhash f=blurhash'],
  quality: ['q=1 q=99 q=low q=auto', ''],
  lossless: ['', 'lossless=1'],
  animated: ['', 'animated=0'],
  page: ['', 'page=0 page=3'],
  metadata: ['', 'metadata=all metadata=none'],
  preset: ['preset=card preset=wide preset=face', ''],
  version: ['version=2024', ''],
  download: ['', 'download=1'],
  embed: ['', 'embed=any'],
  key: ['key=bounded/x.jpg key=', ''],
  exp: ['', 'exp='],
  kid: ['', 'kid='],
  sig: ['', 'sig='],
}

suite('without a signature, where access is bounded,', () => {
  test('every parameter has its example', () => {
    assert.deepEqual(
      Object.keys(bounds),
      parameters.map((row) => row.name),
    )
  })

  for (const [name, [allowed, refused]] of Object.entries(bounds)) {
    for (const query of allowed.split(' ').filter(Boolean)) {
      test(`${query} is allowed`, () => {
        assert.match(verdictOf(`/bounded/x.jpg?${query}`, asked), /^\/bounded\/x\.jpg\?rev=1&/)
      })
    }
    for (const query of refused.split(' ').filter(Boolean)) {
      test(`${query} needs one, and the answer says so`, () => {
        const rejection = checkRejection(decideUrl(`/bounded/x.jpg?w=80&${query}`, asked).refusal)
        assert.deepEqual(
          [rejection.status, rejection.code, rejection.parameter],
          [403, 'needs-signature', 'sig'],
        )
        assert.match(rejection.expected, /width\|height/)
        assert.ok(rejection.received.startsWith(`${name}=`), rejection.received)
      })
    }
  }

  test('a ratio that the settings do not list needs one', () => {
    const rejection = checkRejection(decideUrl('/bounded/x.jpg?w=500&h=400', asked).refusal)
    assert.deepEqual(rejection, {
      status: 403,
      code: 'needs-signature',
      parameter: 'aspect',
      expected: '1-1 4-3 3-4 3-2 2-3 16-9 9-16',
      received: '500-400',
    })
  })

  for (const query of ['w=2000&h=1979', 'w=1979&h=2000', 'w=64&ar=64-63', 'w=63&ar=63-64']) {
    test(`a ratio more than 1 % from those that the settings list needs one: ${query}`, () => {
      assert.equal(verdictOf(`/bounded/x.jpg?${query}`, asked), 'refused: 403 needs-signature')
    })
  }

  test('what is badly made is refused as that, whoever signs', () => {
    for (const url of ['/bounded/x.jpg?w=0', '/signed/x.jpg?w=0', '/closed/x.jpg?w=0']) {
      assert.equal(verdictOf(url, asked), 'refused: 400 bad-value')
    }
    assert.equal(verdictOf('/bounded/x.jpg?w=3841', asked), 'refused: 400 bad-value')
    assert.match(verdictOf(signUrl('/bounded/x.jpg?w=3841'), asked), /width=3841/)
  })
})

/** What of a bounded query remains between revision and format. */
const rounded: readonly (readonly [query: string, canonical: string])[] = [
  ['', 'width=3840&format=auto.avif'],
  ['w=1', 'width=160&format=auto.avif'],
  ['w=160', 'width=160&format=auto.avif'],
  ['w=161', 'width=320&format=auto.avif'],
  ['h=161', 'height=320&format=auto.avif'],
  ['w=3840', 'width=3840&format=auto.avif'],
  ['w=100&dpr=2', 'width=320&format=auto.avif'],
  ['w=3000&dpr=auto', 'width=3840&format=auto.avif'],
  ['ar=16-9', 'width=3840&height=2160&format=auto.avif'],
  ['w=300&ar=16:9', 'width=320&height=180&format=auto.avif'],
  // The first ratio of the settings within 1 % of both sides.
  ['w=300&h=300', 'width=320&height=320&format=auto.avif'],
  ['w=300&h=302', 'width=320&height=320&format=auto.avif'],
  ['w=1600&h=900', 'width=1600&height=900&format=auto.avif'],
  ['w=1000&h=563', 'width=1280&height=720&format=auto.avif'],
  // Both sides are at least what was asked.
  ['h=400&ar=16-9', 'width=800&height=450&format=auto.avif'],
  ['h=100&ar=9-16', 'width=160&height=284&format=auto.avif'],
  // Words for numbers, each the nearest.
  ['w=9&q=59', 'width=160&format=auto.avif&quality=low'],
  ['w=9&q=60', 'width=160&format=auto.avif&quality=medium'],
  ['w=9&q=77', 'width=160&format=auto.avif&quality=medium'],
  ['w=9&q=78', 'width=160&format=auto.avif&quality=high'],
  ['w=9&q=auto', 'width=160&format=auto.avif'],
  ['w=9&v=7', 'width=160&format=auto.avif'],
  // What a preset says of itself is the deployment's own choice.
  ['preset=card', 'width=300&height=250&format=auto.avif'],
  ['preset=card&q=90', 'width=300&height=250&format=auto.avif&quality=high'],
  ['preset=wide', 'width=3840&height=2160&format=auto.avif&quality=high'],
  ['preset=wide&w=300', 'width=320&height=180&format=auto.avif&quality=high'],
  ['preset=thumb', 'width=100&format=auto.avif&quality=83'],
  ['preset=thumb&q=83', 'width=100&format=auto.avif&quality=high'],
  // But not times what the URL says, which are three hundred more.
  ['preset=thumb&dpr=1', 'width=160&format=auto.avif&quality=83'],
  ['preset=thumb&dpr=2.01', 'width=320&format=auto.avif&quality=83'],
  ['preset=thumb&dpr=auto', 'width=160&format=auto.avif&quality=83'],
  // Ratios up to 1 % from one of the settings, either way.
  ['w=2000&h=1981', 'width=2560&height=2560&format=auto.avif'],
  ['w=1981&h=2000', 'width=2560&height=2560&format=auto.avif'],
  ['w=9&preset=face', 'width=160&crop=0.2500_0.0000_0.5000_0.5000&format=auto.avif'],
]

suite('within the bounds', () => {
  for (const [query, canonical] of rounded) {
    test(`${query || 'nothing'} is ${canonical}`, () => {
      assert.equal(verdictOf(`/bounded/x.jpg?${query}`, asked), `/bounded/x.jpg?rev=1&${canonical}`)
    })
  }
})
