import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import { serveFunctionUrl } from '../../edge/lambda/function-url.ts'
import { openKeyStore } from '../../signer/keys/key-store.ts'
import { newKey } from '../../signer/keys/signing-keys.ts'
import { checks } from '../../tools/smoke/run-checks.ts'
import { smokeCommand } from '../../tools/smoke/smoke-command.ts'
import { synthesizeSettings } from '../edge/assembly.ts'
import { closeEdges, drawPicture, openEdge, type RunningEdge } from '../edge/running-edge.ts'
import { type Fault, serveFault } from './doctored-edge.ts'
import { runTool } from './run-tool.ts'

let assembly: string
let running: RunningEdge
let signing: { kid: string; secret: string }
let functionUrl: { port: number; close(): void }

before(async () => {
  assembly = synthesizeSettings(new URL('smoke.config.ts', import.meta.url))
  running = await openEdge({ assembly })
  const picture = await drawPicture(600, 400).jpeg().toBuffer()
  for (const folder of ['open', 'paid']) running.put(`${folder}/photo.jpg`, picture)
  const access = running.edge.keyValueStore
  assert.ok(access, 'the template has a store')
  const store = openKeyStore(access)
  signing = await newKey(store, { now: Date.now })
  store.close()
  // The local edge keeps its Function URLs to itself, so this is another, for one caller alone like all of them.
  const nobody = {
    warm: () => {},
    close: () => {},
    invoke: () => assert.fail('the Lambda ran for a stranger'),
  }
  functionUrl = await serveFunctionUrl(
    nobody,
    false,
    { accessKeyId: 'ORIGIN', secretAccessKey: 'control' },
    Date.now,
  )
})

after(async () => {
  await closeEdges()
  functionUrl.close()
  rmSync(assembly, { recursive: true, force: true })
})

interface Report {
  failed: number
  reports: { key: string; checks: { name: string; ok?: boolean; received: string }[] }[]
}

async function smoke(base: string, ...more: string[]): Promise<Report & { code: number }> {
  const argv = [base, '--json', '--url-key', 'photo.jpg', '--kid', signing.kid, ...more]
  const { code, out, err } = await runTool(smokeCommand, argv, {
    environment: { FOVEA_SECRET: signing.secret },
  })
  assert.equal(err, '')
  assert.ok(!out.includes(signing.secret) && !/\bsig=/.test(out), 'shows a secret or a signature')
  return { code, ...(JSON.parse(out) as Report) }
}

/** Names of the checks that failed. */
function nameFailed({ reports }: Report): string[] {
  return reports.flatMap((report) => report.checks.filter(({ ok }) => ok === false).map(({ name }) => name))
}

function tellAll(): string[] {
  const direct = `http://localhost:${functionUrl.port}/`
  return ['--function-url', direct, '--hotlink-from', 'https://elsewhere.example/page']
}

suite('npm run smoke, of a deployment that is well', () => {
  test('finds every check as expected', async () => {
    const report = await smoke(running.edge.url, ...tellAll())
    assert.deepEqual(nameFailed(report), [])
    assert.deepEqual([report.code, report.failed], [0, 0])
    const [first] = report.reports
    assert.equal(first?.checks.length, checks.length)
    assert.deepEqual(
      first?.checks.filter(({ ok }) => ok === undefined).map(({ name, received }) => `${name}: ${received}`),
      ['strict-transport-security: https://'],
    )
  })

  for (const mode of ['open', 'signed']) {
    test(`and where access is ${mode}`, async () => {
      const folder = mode === 'open' ? 'open' : 'paid'
      const argv = [running.edge.url, '--url-key', `${folder}/photo.jpg`, '--access', mode]
      const { code, out } = await runTool(smokeCommand, [...argv, '--kid', signing.kid], {
        environment: { FOVEA_SECRET: signing.secret },
      })
      assert.equal(code, 0, out)
      assert.match(out, /\n✓ the same, signed: expected 200; received 200\n/)
    })
  }

  test('looks at each original that is named', async () => {
    const { code, reports } = await smoke(running.edge.url, '--url-key', 'open/photo.jpg', '--access', 'open')
    assert.equal(code, 0)
    assert.deepEqual(
      reports.map(({ key }) => key),
      ['photo.jpg', 'open/photo.jpg'],
    )
  })

  test('prints a line for each check, and what the others need', async () => {
    const { code, out } = await runTool(smokeCommand, [running.edge.url, '--url-key', 'photo.jpg'])
    assert.equal(code, 0)
    const lines = out.trimEnd().split('\n')
    assert.equal(lines.length, checks.length + 2)
    assert.match(out, /^✓ HEAD: expected 200.*; received 200, image\/avif/m)
    assert.match(out, /^– the Function URL, past CloudFront: not checked, needs --function-url$/m)
    assert.match(out, /^– the same, signed: not checked, needs --kid and FOVEA_SECRET/m)
    assert.match(lines.at(-1) ?? '', /^(\d+) of \1 as expected$/)
  })
})

suite('npm run smoke, of a deployment that has a fault', () => {
  const isPicture = ({ asked, status }: { asked: { method?: string }; status: number }) =>
    asked.method === 'GET' && status === 200
  const faults: readonly (readonly [what: string, fault: Fault, failed: readonly string[]])[] = [
    [
      'says nothing of sniffing',
      { answer: ({ headers }) => delete headers['x-content-type-options'] },
      ['x-content-type-options'],
    ],
    [
      'runs scripts in SVG',
      {
        answer: ({ headers }) => {
          headers['content-security-policy'] = "default-src 'none'"
        },
      },
      ['content-security-policy'],
    ],
    [
      'keeps nothing',
      {
        answer: ({ headers }) => {
          headers['x-cache'] = 'Miss from cloudfront'
        },
      },
      ['the second request', 'another spelling of it', 'the same, signed for longer'],
    ],
    [
      'gives AVIF to everyone',
      {
        ask: (headers) => {
          headers.accept = 'image/avif'
        },
      },
      ['format for browsers with WebP without AVIF', 'format for browsers with neither'],
    ],
    [
      'calls AVIF JPEG',
      {
        answer: (passing) => {
          if (isPicture(passing)) passing.headers['content-type'] = 'image/jpeg'
        },
      },
      ['format for browsers with AVIF', 'format for browsers with WebP without AVIF', 'HEAD'],
    ],
    [
      'answers 403 where an original is missing',
      {
        answer: (passing) => {
          if (passing.status === 404) passing.status = 403
        },
      },
      ['a key that is not there'],
    ],
    [
      'lets strangers have anything',
      {
        answer: (passing) => {
          if (passing.headers['x-fovea-error'] === 'needs-signature') passing.status = 200
        },
      },
      ['unsigned, what needs a signature'],
    ],
    [
      'takes no notice of ranges and of what is known already',
      {
        ask: (headers) => {
          delete headers.range
          delete headers['if-none-match']
        },
      },
      ['If-None-Match with its ETag', 'Range: bytes=0-9'],
    ],
    ['varies by nothing', { answer: ({ headers }) => delete headers.vary }, ['vary']],
    [
      'lets every page show its images',
      { ask: (headers) => delete headers.referer },
      ['a page that may not show the images'],
    ],
  ]
  for (const [what, fault, failed] of faults) {
    test(`tells that it ${what}`, async () => {
      const faulty = await serveFault(running.edge.url, fault)
      try {
        const report = await smoke(faulty.url, ...tellAll())
        assert.deepEqual(nameFailed(report), failed)
        assert.deepEqual([report.code, report.failed], [1, failed.length])
      } finally {
        faulty.close()
      }
    })
  }

  test('tells that its Function URL answers anyone', async () => {
    const report = await smoke(running.edge.url, '--function-url', running.edge.url)
    // The edge itself stands for it: asked for a canonical URL, it answers.
    assert.deepEqual(nameFailed(report), ['the Function URL, past CloudFront'])
    assert.equal(report.code, 1)
  })

  test('says at once that an original is not there', async () => {
    const { code, out, err } = await runTool(smokeCommand, [running.edge.url])
    assert.equal(code, 1)
    assert.match(
      err,
      /expected 200 for products\/example\.jpg .* but received 404 \(missing\): upload an original, /,
    )
    assert.doesNotMatch(out, /✓/)
  })

  test('says that nobody answers', async () => {
    const { code, out } = await runTool(smokeCommand, ['http://localhost:1', '--json'])
    assert.equal(code, 1)
    assert.match(
      JSON.parse(out).error.message,
      /^expected an answer of localhost:1 but received ECONNREFUSED$/,
    )
  })
})

suite('npm run smoke refuses', () => {
  const cases: readonly (readonly [what: string, argv: readonly string[], message: RegExp])[] = [
    ['no deployment', [], /expected https:\/\/DOMAIN$/m],
    [
      'a path',
      ['https://images.example.com/a.jpg'],
      /expected https:\/\/DOMAIN, without a path, but received/,
    ],
    [
      'a key id alone',
      ['https://images.example.com', '--kid', 'k1'],
      /together with --secret-file or FOVEA_SECRET/,
    ],
    [
      'signed access without a key',
      ['https://images.example.com', '--access', 'signed'],
      /beside --access signed/,
    ],
    [
      'an unknown mode',
      ['https://images.example.com', '--access', 'all'],
      /open, bounded, signed but received all/,
    ],
    [
      'no width',
      ['https://images.example.com', '--width', '0'],
      /a whole number from 16 to 8191 but received 0/,
    ],
    ['an unknown option', ['https://images.example.com', '--hotlink-form', 'x'], /perhaps --hotlink-from/],
  ]
  for (const [what, argv, message] of cases) {
    test(what, async () => {
      const { code, out, err } = await runTool(smokeCommand, argv)
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, message)
      assert.match(err, /^npm run smoke: /)
    })
  }
})
