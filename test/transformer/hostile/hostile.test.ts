import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { VariantParameters } from '../../../grammar/parameters.ts'
import { damaged } from '../../images/damaged.ts'
import { strangers } from '../../images/foreign-formats.ts'
import { large, odd } from '../../images/heavy.ts'
import { drawEntityBomb, drawExternalEntity, drawReference, drawScript } from '../../images/hostile-svg.ts'
import { oversized } from '../../images/oversized.ts'
import { makePhotograph } from '../../images/photograph.ts'
import { planted, polyglots } from '../../images/polyglots.ts'
import { requirement } from '../../requirements.ts'
import { type Answered, askApart, type Outcome } from './ask-apart.ts'

/** Milliseconds within which something is answered: a run of the Lambda, and what a busy machine may add. */
const deadlineMs = 10_000 + 2000

/** Bytes that a process may be: the Lambda has 1,769 MB. */
const mostBytes = 1.5e9

const variants: readonly VariantParameters[] = [
  { width: 320, format: 'webp' },
  { format: 'auto', download: '1' },
  { width: 640, format: 'auto.avif' },
  { width: 1600, rotate: '90', blur: 2, format: 'jpeg' },
  { format: 'original' },
  { format: 'json' },
]

type Files = Readonly<Record<string, () => Buffer | Promise<Buffer>>>

const drawings: Files = {
  'an SVG of entities that grow': drawEntityBomb,
  'an SVG of a file as an entity': () => drawExternalEntity('file:///etc/passwd'),
  'an SVG that refers elsewhere': () => drawReference('http://127.0.0.1:9/a.png'),
  'an SVG with a script': drawScript,
}

const known: Files = {
  ...odd,
  ...oversized,
  ...damaged,
  ...Object.fromEntries(Object.entries(strangers).map(([what, bytes]) => [what, () => bytes])),
  ...drawings,
  ...polyglots,
}

/** Holds of whatever is answered to whatever file. */
function assertHarmless(answer: Answered): void {
  const { status, headers, tookMs } = answer
  const what = `${status} ${headers['x-fovea-error'] ?? ''} in ${tookMs.toFixed(0)} ms`
  assert.ok([200, 415].includes(status), what)
  const types = /^(?:image\/(?:webp|avif|jpeg|png|gif|svg\+xml)|application\/(?:problem\+)?json)$/
  assert.match(headers['content-type'] ?? '', types, what)
  assert.equal(headers['x-content-type-options'], 'nosniff', what)
  assert.match(headers['content-security-policy'] ?? '', /^default-src 'none';.* sandbox$/, what)
  for (const [name, value] of Object.entries(headers)) assert.match(value, /^[\x20-\x7e]*$/, name)
  assert.ok(tookMs < deadlineMs, what)
  assert.ok(answer.nextIsServed, `${what}; the next is not served as before`)
}

function assertWell({ failures, peakBytes }: Outcome): void {
  assert.equal(failures, 0)
  assert.ok(peakBytes < mostBytes, `${(peakBytes / 1e6).toFixed(0)} MB`)
}

suite('a process that is asked for variants of the largest originals', () => {
  for (const [what, make] of Object.entries(large)) {
    test(`outlives ${what}`, async (t) => {
      const given = { width: 3840, rotate: '90', format: 'jpeg' } as const
      const outcome = await askApart([{ key: 'large', bytes: await make(), variants: [given] }])
      const [[answer] = []] = outcome.answers
      assert.ok(answer)
      t.diagnostic(
        `${answer.status} in ${answer.tookMs.toFixed(0)} ms; ${(outcome.peakBytes / 1e6).toFixed(0)} MB`,
      )
      assertHarmless(answer)
      assertWell(outcome)
      // The check sees what memory is taken.
      assert.ok(outcome.peakBytes > 2e8)
    })
  }

  test('is seen to crash', async () => {
    const broken = { key: 'x', bytes: Buffer.alloc(0), variants: null as unknown as VariantParameters[] }
    await assert.rejects(askApart([broken]), /the process ended/)
  })
})

suite('a process that is asked for variants of bad originals', () => {
  let outcome: Outcome
  const files: [string, Buffer][] = []

  before(async () => {
    for (const [what, make] of Object.entries(known)) files.push([what, await make()])
    outcome = await askApart(files.map(([, bytes], at) => ({ key: `${at}.jpg`, bytes, variants })))
  })

  for (const [at, what] of Object.keys(known).entries()) {
    test(`answers to ${what}`, () => {
      const answers = outcome.answers[at] ?? []
      assert.equal(answers.length, variants.length)
      for (const answer of answers) assertHarmless(answer)
    })
  }

  for (const what of Object.keys(polyglots)) {
    test(`shows nothing but a picture of ${what}`, async () => {
      const at = files.findIndex(([each]) => each === what)
      assert.ok(files[at]?.[1].includes('alert'), 'nothing was planted')
      const answers = outcome.answers[at] ?? []
      for (const [place, { status, body }] of answers.entries()) {
        const bytes = Buffer.from(body, 'base64')
        assert.ok(!bytes.includes(planted) && !bytes.includes('alert('))
        if (status === 200 && variants[place]?.format !== 'json')
          assert.ok((await sharp(bytes).metadata()).width)
      }
    })
  }

  test('is well, and no larger than it may be', (t) => {
    t.diagnostic(`${(outcome.peakBytes / 1e6).toFixed(0)} MB`)
    assertWell(outcome)
  })
})

suite('an original with an odd name', () => {
  const names = [
    ...[
      'CON',
      'nul.jpg',
      '.htaccess',
      '...jpg',
      '-rf',
      '~',
      '%',
      '%2e%2e',
      'a b+c.jpg',
      "'; drop table a;--",
    ],
    ...[
      '"><script>alert(1)<',
      'a\u202egpj.exe',
      '\u{1f98a}.jpg',
      'e\u0301.jpg',
      '\u{10ffff}',
      'a.jpg;b.html',
    ],
    ...[
      'a\u2028b',
      '__proto__',
      'constructor',
      'rev=1&width=1',
      'é'.repeat(500),
      'a.svg',
      'a.php.jpg',
      '$(x)',
      '{{7*7}}',
    ],
  ]

  test('is served, under a header that says no more than its name', async () => {
    const bytes = await makePhotograph(24, 16).jpeg().toBuffer()
    const outcome = await askApart(names.map((key) => ({ key, bytes, variants: variants.slice(0, 2) })))
    for (const [at, answers] of outcome.answers.entries()) {
      for (const answer of answers) {
        assert.equal(answer.status, 200, names[at])
        assertHarmless(answer)
      }
      const disposition = answers[1]?.headers['content-disposition'] ?? ''
      assert.match(
        disposition,
        /^attachment; filename="[^"\\%]+\.jpg"(?:; filename\*=UTF-8''[\w.!#$&+^`|~%-]+)?$/,
        names[at],
      )
    }
    assertWell(outcome)
  })
})

const folder = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../../shared', import.meta.url))
const collected = existsSync(join(folder, 'hostile'))
  ? readdirSync(join(folder, 'hostile')).filter((name) => !name.startsWith('MANIFEST'))
  : []

suite('hostile files of the shared folder', requirement('shared', collected.length > 0), () => {
  let outcome: Outcome

  before(async () => {
    const read = (key: string) => ({ key, bytes: readFileSync(join(folder, 'hostile', key)), variants })
    outcome = await askApart(collected.map(read))
  })

  for (const [at, name] of collected.entries()) {
    test(`harm nothing: ${name}`, () => {
      const answers = outcome.answers[at] ?? []
      assert.equal(answers.length, variants.length)
      for (const answer of answers) assertHarmless(answer)
    })
  }

  test('leave the process well', () => assertWell(outcome))
})
