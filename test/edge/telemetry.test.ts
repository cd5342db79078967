import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import { createSigner } from '../../signer/create-signer.ts'
import { createSecret } from '../../signer/keys/secret.ts'
import { createClient } from './key-value-store/store-client.ts'
import { createLambdaLog, type Entry } from './lambda-log.ts'
import { accepts, closeEdges, drawPicture, openEdge, type RunningEdge } from './running-edge.ts'

const { log, lines, linesOf } = createLambdaLog()
const secret = createSecret()
let running: RunningEdge

before(async () => {
  running = await openEdge({ lambdaLog: log, sandboxes: 1 })
  const access = running.edge.keyValueStore
  assert.ok(access)
  const client = createClient(access)
  const { ETag } = await client.describeKeyValueStore({ KvsARN: access.arn })
  await client.putKey({ KvsARN: access.arn, Key: 'sign.k1', Value: secret, IfMatch: ETag })
})

after(closeEdges)

/** The report and the metrics of one run of the transformer. */
async function runOf(
  target: string,
  headers: Record<string, string> = { accept: accepts.webp },
  method = 'GET',
): Promise<{ report: Entry; metrics: Entry }> {
  const [report = {}, metrics = {}, ...more] = await linesOf(
    () => running.ask(target, { headers, method }),
    2,
  )
  assert.deepEqual(more, [])
  return { report, metrics }
}

const signer = createSigner({ secret, kid: 'k1', baseUrl: 'http://localhost' })

/** A signed URL's path and query. */
function sign(key: string, parameters: Record<string, string | number>): string {
  return signer.signUrl(key, parameters).slice('http://localhost'.length)
}

suite('a run of the built transformer', () => {
  test('is one line of log and one of metrics', async () => {
    const { report, metrics } = await runOf('/photo.jpg?width=320')
    assert.equal(report.level, 'INFO')
    // Two deployments in one account are told apart by it.
    assert.match(String(report.service), /^PipelineTransformer/)
    assert.equal(report.outcome, 'made')
    assert.equal(report.status, 200)
    assert.equal(report.coldStart, true)
    assert.match(String(report.requestId), /^[0-9a-f-]{36}$/)
    assert.equal(report.original, `o-${createHash('sha256').update('photo.jpg').digest('hex').slice(0, 32)}`)
    assert.equal(report.variant, 'width=320&format=auto.webp')
    assert.deepEqual([report.sourceFormat, report.format], ['jpeg', 'webp'])
    assert.deepEqual(
      [report.sourceWidth, report.sourceHeight, report.width, report.height],
      [600, 400, 320, 213],
    )
    assert.equal(report.pixels, 320 * 213)
    const steps = report.steps as Record<string, number>
    assert.deepEqual(Object.keys(steps).sort(), ['fetch', 'inspect', 'render'])
    assert.ok(Object.values(steps).every((ms) => ms >= 0 && ms <= Number(report.durationMs)))
    assert.equal(metrics.format, 'webp')
    assert.equal(metrics.Duration, report.durationMs)
    assert.equal(metrics.ColdStart, 1)
    assert.equal(metrics.Made, 1)
  })

  test('counts the bytes of original and answer, and what the one is smaller by', async () => {
    const original = await drawPicture(600, 400).png().toBuffer()
    running.put('large.png', original)
    const { headers } = await running.ask('/large.png?width=160', { headers: { accept: accepts.webp } })
    const { report, metrics } = await runOf('/large.png?width=320')
    const bytesOut = Number(report.bytesOut)
    assert.ok(bytesOut > Number(headers['content-length']))
    assert.equal(report.bytesIn, original.length)
    assert.equal(report.bytesSaved, original.length - bytesOut)
    assert.deepEqual(
      [metrics.BytesIn, metrics.BytesOut, metrics.BytesSaved, metrics.Pixels],
      [report.bytesIn, report.bytesOut, report.bytesSaved, report.pixels],
    )
    assert.equal(report.coldStart, false)
    assert.equal(metrics.ColdStart, undefined)
  })

  test('saves nothing, and never less, where the answer is larger', async () => {
    running.put('tiny.gif', await drawPicture(2, 2).gif().toBuffer())
    const { report, metrics } = await runOf(sign('tiny.gif', { width: 600, enlarge: '1', format: 'png' }))
    assert.ok(Number(report.bytesOut) > Number(report.bytesIn))
    assert.deepEqual([report.bytesSaved, metrics.BytesSaved], [0, 0])
  })

  test('that describes an original saves nothing and makes no pixels', async () => {
    const { report, metrics } = await runOf(sign('photo.jpg', { format: 'json' }))
    assert.deepEqual(
      [report.outcome, report.format, metrics.format, metrics.Made],
      ['described', 'json', 'json', 1],
    )
    for (const name of ['pixels', 'width', 'bytesSaved']) assert.equal(report[name], undefined, name)
    for (const name of ['Pixels', 'BytesSaved']) assert.equal(metrics[name], undefined, name)
    assert.ok(Number(metrics.BytesIn) > 0)
  })

  test('that passes the original on says so', async () => {
    running.put('rough.jpg', await drawPicture(300, 200).jpeg({ quality: 20 }).toBuffer())
    const { report, metrics } = await runOf(sign('rough.jpg', { format: 'jpeg' }))
    assert.deepEqual([report.outcome, report.bytesOut, metrics.Made], ['passed', report.bytesIn, 1])
  })

  test('that finds a copy unchanged counts as that alone', async () => {
    const target = '/photo.jpg?width=480'
    await linesOf(() => running.ask(target, { headers: { accept: accepts.webp } }), 2)
    running.advance(31 * 24 * 3600)
    // The Lambda's clock is now a month behind S3's: the answer it is given first says so, and the second try is signed anew.
    const { report, metrics } = await runOf(target)
    assert.deepEqual([report.outcome, report.status], ['not-modified', 304])
    assert.deepEqual([metrics.format, metrics.NotModified, metrics.Made], ['none', 1, undefined])
    assert.equal(metrics.BytesIn, undefined)
  })

  test('that is refused has the code of the error, and no format', async () => {
    const { report, metrics } = await runOf('/missing.jpg?width=320')
    assert.deepEqual(
      [report.level, report.outcome, report.status, report.error],
      ['INFO', 'refused', 404, 'missing'],
    )
    assert.deepEqual(
      [metrics.format, metrics.Refused, metrics.Failed, metrics.Made],
      ['none', 1, undefined, undefined],
    )
    assert.equal(report.reason, undefined)
  })

  test('that reads a damaged original names no file and has no stack', async () => {
    running.put('damaged.jpg', (await drawPicture(600, 400).jpeg().toBuffer()).subarray(0, 4000))
    const { report } = await runOf('/damaged.jpg?width=320')
    assert.deepEqual([report.outcome, report.error], ['refused', 'undecodable'])
    assert.doesNotMatch(JSON.stringify(report), /damaged\.jpg|at .*\.js/)
  })

  test('that passes over metadata warns of it', async () => {
    const bytes = await drawPicture(60, 40).jpeg().toBuffer()
    running.put('misplaced.jpg', bytes, { metadata: { 'focal-point': 'upper left' } })
    const { report } = await runOf('/misplaced.jpg?width=160')
    assert.deepEqual([report.level, report.outcome], ['WARN', 'made'])
    assert.match(String(report.warnings), /x-amz-meta-focal-point but received upper left/)
  })
})

suite('what a run tells', () => {
  test('holds nothing of who asked', async () => {
    const marked = {
      accept: `${accepts.webp},text/marked`,
      'user-agent': 'marked-agent',
      cookie: 'session=marked-cookie',
      authorization: 'Bearer marked-token',
      referer: 'https://marked.example/page',
      'x-forwarded-for': '203.0.113.77',
      'accept-language': 'marked-language',
    }
    running.put('clients/Marked Person.jpg', await drawPicture(300, 200).jpeg().toBuffer())
    const parameters = { width: 300, version: 'marked-version', download: 'marked-name' }
    const signed = sign('clients/Marked Person.jpg', parameters)
    const { report } = await runOf(`${signed}&utm_source=marked-campaign`, marked)
    assert.deepEqual([report.outcome, report.variant], ['made', 'width=300&format=auto.webp'])
    const [, exp = '', sig = ''] = /exp=(\d+).*sig=([\w-]+)/.exec(signed) ?? []
    assert.ok(exp !== '' && sig !== '')
    for (const line of lines) {
      assert.doesNotMatch(line, /marked|203\.0\.113\.77|utm_source/i)
      for (const part of [exp, sig, secret, 'kid=']) assert.ok(!line.includes(part), `${part} in ${line}`)
    }
  })

  test('is never more than two lines, and these are of the log and of the metrics in turn', () => {
    const entries: Entry[] = lines.map((line) => JSON.parse(line))
    assert.ok(entries.length >= 20)
    for (const [index, entry] of entries.entries()) {
      assert.equal('_aws' in entry, index % 2 === 1, JSON.stringify(entry))
    }
  })

  test('is embedded metrics as CloudWatch reads them', () => {
    const metrics: Entry[] = lines.map((line) => JSON.parse(line)).filter((entry) => '_aws' in entry)
    assert.ok(metrics.length >= 10)
    metrics.forEach(expectEmbeddedMetrics)
    const formats = new Set(metrics.map(({ format }) => format))
    assert.ok(formats.size >= 3, [...formats].join())
  })
})

/** Source: CloudWatch user guide, "Specification: Embedded metric format", its schema. */
function expectEmbeddedMetrics(entry: Entry): void {
  const { _aws: aws, ...members } = entry as Entry & {
    _aws: { Timestamp: number; CloudWatchMetrics: Directive[] }
  }
  assert.ok(Number.isSafeInteger(aws.Timestamp) && Math.abs(aws.Timestamp - Date.now()) < 600_000)
  const [directive, ...more] = aws.CloudWatchMetrics
  assert.ok(directive && more.length === 0)
  assert.equal(directive.Namespace, 'Fovea')
  assert.deepEqual(directive.Dimensions, [['service', 'format']])
  assert.match(String(members.service), /^PipelineTransformer/)
  assert.match(String(members.format), /^[a-z]{3,9}$/)
  assert.ok(directive.Metrics.length >= 2 && directive.Metrics.length <= 100)
  const names = directive.Metrics.map(({ Name }) => Name)
  assert.equal(new Set(names).size, names.length)
  for (const { Name, Unit, ...rest } of directive.Metrics) {
    assert.deepEqual(rest, {})
    assert.ok(['Milliseconds', 'Bytes', 'Count'].includes(Unit), Unit)
    const value = members[Name]
    assert.ok(typeof value === 'number' && Number.isFinite(value) && value >= 0, `${Name} ${value}`)
    if (Unit === 'Count') assert.ok(value > 0, `${Name} is counted only where there is something to count`)
  }
  // What is no dimension and no metric would be stored and never shown.
  assert.deepEqual(Object.keys(members).sort(), [...names, 'format', 'service'].sort())
}

interface Directive {
  Namespace: string
  Dimensions: string[][]
  Metrics: { Name: string; Unit: string }[]
}
