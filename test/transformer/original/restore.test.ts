import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, suite, test } from 'node:test'
import { createS3Originals } from '../../../transformer/original/s3-originals.ts'
import type { RestoreSettings } from '../../../transformer/settings.ts'
import { settings } from '../run.ts'
import { rejects, signIn } from './describe-originals.ts'

/** What the server says to GET, and to RestoreObject. */
let archived = ''
let answer: { status: number; code?: string } = { status: 202 }
/** `METHOD path`, and the bodies of RestoreObject. */
let requests: string[] = []
let bodies: string[] = []

const server: Server = createServer(async (request, response) => {
  requests.push(`${request.method} ${request.url}`)
  const body = await text(request)
  response.setHeader('content-type', 'application/xml')
  if (request.method === 'POST') {
    bodies.push(body)
    response.writeHead(answer.status)
    response.end(answer.code && `<Error><Code>${answer.code}</Code></Error>`)
  } else {
    response.writeHead(403)
    response.end(`<Error><Code>InvalidObjectState</Code>${archived}</Error>`)
  }
})

before(async () => {
  signIn({ accessKeyId: 'key', secretAccessKey: 'secret' })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

beforeEach(() => {
  archived = '<StorageClass>GLACIER</StorageClass>'
  answer = { status: 202 }
  requests = []
  bodies = []
})

after(() => {
  server.closeAllConnections()
  server.close()
})

function read(restoreArchived?: RestoreSettings) {
  const s3Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const originals = createS3Originals({ ...settings, s3Endpoint, restoreArchived })
  return rejects(originals.read('a b/x.jpg', AbortSignal.timeout(5000)), 'archived')
}

const bulk: RestoreSettings = { days: 7, tier: 'Bulk' }

suite('an archived original', () => {
  test('is left alone without the setting', async () => {
    const { problem, warning } = await read()
    assert.equal(problem.expected, 'an object that is not archived')
    assert.equal(warning, undefined)
    assert.deepEqual(
      requests.map((each) => each.split(' ')[0]),
      ['GET'],
    )
  })

  test('is asked for once, for the days and at the tier of the setting', async () => {
    const { problem, warning } = await read(bulk)
    assert.match(problem.expected, /a restore is under way and typically takes 5 to 12 hours$/)
    assert.equal(warning, undefined)
    const [got, posted = '', ...more] = requests
    assert.match(String(got), /^GET \/originals\/a%20b\/x\.jpg/)
    assert.match(posted, /^POST \/originals\/a%20b\/x\.jpg\?restore\b/)
    assert.deepEqual(more, [])
    assert.match(String(bodies[0]), /<Days>7<\/Days>/)
    assert.match(String(bodies[0]), /<Tier>Bulk<\/Tier>/)
  })

  const rows: readonly (readonly [
    archived: string,
    tier: RestoreSettings['tier'],
    asked: string,
    days: boolean,
    takes: string,
  ])[] = [
    ['<StorageClass>GLACIER</StorageClass>', 'Expedited', 'Expedited', true, '1 to 5 minutes'],
    ['<StorageClass>GLACIER</StorageClass>', 'Standard', 'Standard', true, '3 to 5 hours'],
    ['<StorageClass>DEEP_ARCHIVE</StorageClass>', 'Bulk', 'Bulk', true, 'up to 48 hours'],
    ['<StorageClass>DEEP_ARCHIVE</StorageClass>', 'Standard', 'Standard', true, 'up to 12 hours'],
    // It cannot be had faster.
    ['<StorageClass>DEEP_ARCHIVE</StorageClass>', 'Expedited', 'Standard', true, 'up to 12 hours'],
    // What comes back from there stays: S3 refuses days.
    [
      '<StorageClass>INTELLIGENT_TIERING</StorageClass><AccessTier>ARCHIVE_ACCESS</AccessTier>',
      'Standard',
      'Standard',
      false,
      '3 to 5 hours',
    ],
    [
      '<StorageClass>INTELLIGENT_TIERING</StorageClass><AccessTier>DEEP_ARCHIVE_ACCESS</AccessTier>',
      'Expedited',
      'Standard',
      false,
      'up to 12 hours',
    ],
  ]
  for (const [kind, tier, asked, days, takes] of rows) {
    test(`of ${kind.replace(/<[^>]*>/g, ' ').trim()} at ${tier} takes ${takes}`, async () => {
      archived = kind
      const { problem } = await read({ days: 1, tier })
      assert.ok(problem.expected.endsWith(takes), problem.expected)
      assert.match(String(bodies[0]), new RegExp(`<Tier>${asked}</Tier>`))
      assert.equal(/<Days>1<\/Days>/.test(String(bodies[0])), days)
    })
  }

  test('whose restore is under way is as good as asked for', async () => {
    answer = { status: 409, code: 'RestoreAlreadyInProgress' }
    const { problem, warning } = await read(bulk)
    assert.match(problem.expected, /a restore is under way/)
    assert.equal(warning, undefined)
  })

  test('that has been restored meanwhile is asked for again in a minute', async () => {
    answer = { status: 200 }
    assert.match((await read(bulk)).problem.expected, /a restore is under way/)
  })

  test('that may not be restored promises nothing, and the log says why', async () => {
    answer = { status: 403, code: 'AccessDenied' }
    const { problem, warning } = await read(bulk)
    assert.equal(problem.expected, 'an object that is not archived')
    assert.equal(warning, 'no restore: AccessDenied')
  })
})
