import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as sendRequest } from 'node:http'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { OriginalEntry, PutOriginal } from '../../../../edge/playground/api.ts'
import { createS3Endpoint, type S3Endpoint } from '../../../../edge/s3-endpoint/endpoint.ts'
import { makeFolder } from '../../../infra/stand-in.ts'
import { accepts, closeEdges, drawPicture, readProblem } from '../../running-edge.ts'
import { openPlaygroundEdge, type RunningPlayground } from './running-playground.ts'

const originals = makeFolder()
const outside = makeFolder()
let running: RunningPlayground
let picture: Buffer

/** Far below the bytes of which the edge that is played takes originals. */
const someBytes = 1000

before(async () => {
  running = await openPlaygroundEdge({ originals, watchOriginals: true })
  picture = await drawPicture(300, 200).jpeg().toBuffer()
  writeFileSync(join(originals, 'photo.jpg'), picture)
})

after(closeEdges)

function put(key: string, body: Buffer | string = picture, replace = '&replace=1') {
  return running.call(`originals?key=${encodeURIComponent(key)}${replace}`, { method: 'PUT', body })
}

function remove(key: string) {
  return running.call(`originals?key=${encodeURIComponent(key)}`, { method: 'DELETE' })
}

function list(): Promise<OriginalEntry[]> {
  return running.callJson('originals')
}

/** Looks again and again, the clock running ahead of the seconds that changes are gathered. */
async function waitUntil(reached: () => Promise<boolean>, secondsAhead = 1): Promise<void> {
  for (let look = 0; !(await reached()); look++) {
    if (look > 600) throw new Error('expected it to come')
    running.advance(secondsAhead)
    await setTimeout(100)
  }
}

/** All files of the folder, hidden ones too. */
function listFiles(folder = originals): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

suite('an original that is put in', () => {
  test('is there, is listed, and is served; put in again it replaces the former and its variants', async () => {
    const key = 'new folder/a+b é.jpg'
    const url = '/new%20folder/a+b%20%C3%A9.jpg?width=160'
    const first = await put(key)
    assert.equal(first.status, 201)
    const entry: PutOriginal = JSON.parse(first.body.toString())
    assert.deepEqual(
      [entry.key, entry.bytes, entry.replaced, Number.isNaN(Date.parse(entry.modifiedAt))],
      [key, picture.length, false, false],
    )
    assert.ok(readFileSync(join(originals, key)).equals(picture))
    const served = await running.ask(url)
    assert.equal(served.status, 200)
    // That very file is an event too, and its repetition.
    await waitUntil(async () => running.edge.stats.invalidated >= 2)
    await running.ask(url)

    const other = await drawPicture(320, 320).jpeg().toBuffer()
    const second = await put(key, other)
    assert.equal(second.status, 200)
    assert.equal(JSON.parse(second.body.toString()).replaced, true)
    assert.ok(readFileSync(join(originals, key)).equals(other))
    await waitUntil(async () => (await running.ask(url)).headers.etag !== served.headers.etag)
    assert.match(String((await running.ask(url)).headers['x-fovea-variant']), /original-width=320/)

    assert.equal((await remove(key)).status, 204)
    assert.ok(!existsSync(join(originals, key)))
    await waitUntil(async () => (await running.ask(url)).status === 404)
    assert.equal((await remove(key)).status, 404)
  })

  test('has the thumbhash that the pipeline makes of it, and another one as soon as it is replaced', async () => {
    const find = async () => (await list()).find(({ key }) => key === 'hashed.jpg')?.thumbhash
    await put('hashed.jpg')
    await waitUntil(async () => (await find()) !== undefined, 0)
    const first = await find()
    assert.match(String(first), /^[\w+/]{20,}=*$/)
    await put('hashed.jpg', await drawPicture(100, 700).negate().jpeg().toBuffer())
    // The edge's clock stands still, so nothing has been invalidated.
    await waitUntil(async () => ![undefined, first].includes(await find()), 0)
    await remove('hashed.jpg')
  })

  test('has no thumbhash where it is no picture, and is listed all the same, but for words', async () => {
    await put('broken.jpg', 'no picture')
    await put('ATTRIBUTION.txt', 'words')
    const before = running.edge.stats.requests
    await list()
    await waitUntil(async () => running.edge.stats.requests > before, 0)
    await setTimeout(300)
    const listed = await list()
    assert.deepEqual(listed.find(({ key }) => key === 'broken.jpg')?.thumbhash, undefined)
    assert.ok(listed.some(({ key }) => key === 'broken.jpg'))
    assert.ok(!listed.some(({ key }) => key === 'ATTRIBUTION.txt'))
    assert.ok(existsSync(join(originals, 'ATTRIBUTION.txt')))
    await Promise.all([remove('broken.jpg'), remove('ATTRIBUTION.txt')])
  })

  test('loses what was kept beside the former, as in S3', async () => {
    writeFileSync(join(originals, 'beside.jpg'), picture)
    writeFileSync(join(originals, '.beside.jpg.s3.json'), '{"storageClass":"GLACIER"}')
    assert.notEqual((await running.ask('/beside.jpg?width=160')).status, 200)
    assert.equal((await put('beside.jpg')).status, 200)
    assert.ok(!existsSync(join(originals, '.beside.jpg.s3.json')))
    await waitUntil(async () => (await running.ask('/beside.jpg?width=160')).status === 200)
    await remove('beside.jpg')
  })
})

suite('a key that is no original’s', () => {
  const keys = [
    '',
    '/',
    '/x.jpg',
    'x/',
    'a//b.jpg',
    '.',
    '..',
    '../x.jpg',
    'a/../x.jpg',
    'a/../../x.jpg',
    './x.jpg',
    '.hidden.jpg',
    '.photo.jpg.s3.json',
    'a/.b/c.jpg',
    'a/.x.jpg',
    'nul\0.jpg',
    'line\n.jpg',
    'x'.repeat(1025),
    `${'y'.repeat(256)}.jpg`,
    '/etc/passwd',
  ]
  for (const method of ['PUT', 'DELETE']) {
    test(`is refused by ${method}, and nothing is written`, async () => {
      const before = listFiles()
      assert.ok(before.length > 0)
      for (const key of keys) {
        const sent = encodeURIComponent(key)
        const body = method === 'PUT' ? picture : undefined
        const reply = await running.call(`originals?key=${sent}`, { method, body })
        const expected = method === 'DELETE' && /y{256}/.test(key) ? [400, 404] : [400]
        assert.ok(expected.includes(reply.status), `${JSON.stringify(key)}: ${reply.status} ${reply.body}`)
        assert.equal(reply.headers['content-type'], 'application/problem+json')
      }
      assert.deepEqual(listFiles(), before)
    })
  }

  test('is refused in other spellings, and where there is none or more than one', async () => {
    for (const query of [
      'originals',
      'originals?',
      'originals?KEY=x.jpg',
      'originals?key=x.jpg&key=y.jpg',
      'originals?key=%2e%2e%2fx.jpg',
      'originals?key=..%2Fx.jpg',
      'originals?key=%2E%2E/x.jpg',
      'originals?key=a%2F..%2F..%2Fx.jpg',
      'originals?key=%ff.jpg',
      'originals?key=%c0%ae%c0%ae/x.jpg',
      'originals?key=%',
      'originals?key=%00',
    ]) {
      assert.equal((await running.call(query, { method: 'PUT', body: picture })).status, 400, query)
    }
    assert.ok(!existsSync(join(originals, '../x.jpg')))
  })

  test('decoded once is a key like another', async () => {
    assert.equal((await put('%2e%2e%2fx.jpg')).status, 201)
    assert.ok(existsSync(join(originals, '%2e%2e%2fx.jpg')))
    assert.equal((await remove('%2e%2e%2fx.jpg')).status, 204)
  })

  test('is refused where a link leads out of the folder, and a link to a file is replaced, not followed', async () => {
    writeFileSync(join(outside, 'kept.jpg'), 'kept')
    symlinkSync(outside, join(originals, 'way-out'))
    symlinkSync(join(outside, 'gone'), join(originals, 'dangling'))
    symlinkSync(join(outside, 'kept.jpg'), join(originals, 'link.jpg'))
    mkdirSync(join(originals, '.hidden-folder'))
    symlinkSync(join(originals, '.hidden-folder'), join(originals, 'way-in'))
    for (const key of [
      'way-out/x.jpg',
      'way-out/a/x.jpg',
      'way-out/kept.jpg',
      'dangling/x.jpg',
      'way-in/x.jpg',
    ]) {
      assert.ok([404, 409].includes((await put(key)).status), key)
      assert.ok([404, 409].includes((await remove(key)).status), key)
    }
    for (const key of ['way-out', 'way-in', 'dangling']) assert.equal((await remove(key)).status, 404, key)
    for (const key of ['way-out', 'way-in']) assert.equal((await put(key)).status, 409, key)
    assert.equal((await put('link.jpg')).status, 200)
    assert.equal(readFileSync(join(outside, 'kept.jpg'), 'utf8'), 'kept')
    assert.ok(readFileSync(join(originals, 'link.jpg')).equals(picture))
    assert.deepEqual(listFiles(outside), ['kept.jpg'])
    await remove('link.jpg')
  })

  for (const replace of ['', '&replace=0', '&replace']) {
    test(`is refused where there is one already and nothing but "${replace}" is said of it`, async () => {
      await put('once.jpg')
      const before = listFiles()
      const refused = await put('once.jpg', 'another', replace)
      assert.equal(refused.status, 409)
      assert.match(String(readProblem(refused).detail), /expected replace=1, since there is once.jpg/)
      assert.ok(readFileSync(join(originals, 'once.jpg')).equals(picture))
      assert.deepEqual(listFiles(), before)
      await remove('once.jpg')
    })
  }

  test('is refused where a folder or a file is in the way', async () => {
    mkdirSync(join(originals, 'folder/inner'), { recursive: true })
    assert.equal((await put('folder')).status, 409)
    assert.equal((await remove('folder')).status, 404)
    assert.equal((await put('photo.jpg/x.jpg')).status, 409)
    assert.ok(existsSync(join(originals, 'photo.jpg')))
  })
})

suite('an original that is too large', () => {
  test('is refused with 413 whether it says so or not, leaves nothing, and the connection goes on', async () => {
    const { maxUploadBytes } = await running.callJson<{ maxUploadBytes: number }>('setup')
    assert.equal(maxUploadBytes, 52_428_800)
    const before = listFiles()
    const large = Buffer.alloc(maxUploadBytes + someBytes)
    const announced = await put('large.jpg', large)
    assert.equal(announced.status, 413)
    assert.match(String(readProblem(announced).detail), /at most 52428800 bytes but received 52429800/)
    assert.deepEqual(await sendInPieces('large.jpg', large), 413)
    const fetched = await fetch(`${running.edge.url}/_fovea/api/originals?key=large.jpg`, {
      method: 'PUT',
      body: large,
      headers: { origin: running.edge.url },
    })
    assert.equal(fetched.status, 413)
    assert.deepEqual(listFiles(), before)
    assert.equal((await put('exact.jpg', large.subarray(0, maxUploadBytes))).status, 201)
    await remove('exact.jpg')
  })

  test('that breaks off leaves nothing, and the former as it was', async () => {
    await put('whole.jpg')
    const before = listFiles()
    await sendHalf('whole.jpg')
    await waitUntil(async () => listFiles().join() === before.join(), 0)
    assert.ok(readFileSync(join(originals, 'whole.jpg')).equals(picture))
    await remove('whole.jpg')
  })
})

suite('originals elsewhere', () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'not-to-be-told-to-anybody' }
  const bucket = 'elsewhere'
  const folder = makeFolder()
  let endpoint: S3Endpoint
  let url: string

  before(async () => {
    writeFileSync(join(folder, 'far.jpg'), picture)
    endpoint = createS3Endpoint({ folder, bucket, credentials, now: Date.now })
    ;({ url } = await endpoint.listen())
  })

  after(() => endpoint.close())

  test('are listed, have thumbhashes, and cannot be changed', async () => {
    const other = await openPlaygroundEdge({ externalS3: { endpoint: url, bucket, credentials } })
    const find = async () => (await other.callJson<OriginalEntry[]>('originals'))[0]
    const first = await find()
    assert.deepEqual([first?.key, first?.bytes], ['far.jpg', picture.length])
    await waitUntil(async () => (await find())?.thumbhash !== undefined, 0)
    assert.equal((await other.callJson<{ writable: boolean }>('setup')).writable, false)
    for (const method of ['PUT', 'DELETE']) {
      assert.equal((await other.call('originals?key=far.jpg', { method })).status, 409)
    }
    assert.deepEqual(readdirSync(folder), ['far.jpg'])
  })

  test('are refused without a secret where they cannot be listed', async () => {
    for (const externalS3 of [
      { endpoint: 'http://127.0.0.1:9', bucket, credentials },
      { endpoint: url, bucket: 'no-such', credentials },
    ]) {
      const other = await openPlaygroundEdge({ externalS3 })
      const reply = await other.call('originals')
      assert.equal(reply.status, 502)
      assert.ok(!reply.body.includes(credentials.secretAccessKey))
    }
  })
})

/** Sends without saying how much, and returns the status. */
function sendInPieces(key: string, bytes: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = openPut(key, (status) => resolve(status))
    outgoing.on('error', reject)
    for (let at = 0; at < bytes.length; at += 1_000_000) outgoing.write(bytes.subarray(at, at + 1_000_000))
    outgoing.end()
  })
}

/** Leaves in the middle of a body. */
async function sendHalf(key: string): Promise<void> {
  const outgoing = openPut(key, () => {})
  outgoing.on('error', () => {})
  outgoing.write(picture.subarray(0, 1000))
  await waitUntil(async () => listFiles().some((name) => name.endsWith('.unfinished')), 0)
  outgoing.destroy()
}

function openPut(key: string, done: (status: number | undefined) => void) {
  const { port, host } = new URL(running.edge.url)
  const outgoing = sendRequest({
    host: '127.0.0.1',
    port,
    path: `/_fovea/api/originals?key=${key}&replace=1`,
    method: 'PUT',
    headers: { host, 'sec-fetch-site': 'same-origin', accept: accepts.none },
    agent: false,
  })
  outgoing.on('response', (incoming) => {
    incoming.resume()
    incoming.on('end', () => done(incoming.statusCode))
  })
  return outgoing
}
