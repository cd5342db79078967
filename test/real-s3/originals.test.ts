import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Credentials } from '../../edge/signature-v4.ts'
import { createS3Originals } from '../../transformer/original/s3-originals.ts'
import { accepts, closeEdges, drawPicture, openEdge, type RunningEdge } from '../edge/running-edge.ts'
import { requirement } from '../requirements.ts'
import { describeOriginals, rejects, signIn } from '../transformer/original/describe-originals.ts'
import { settings } from '../transformer/run.ts'
import { findVersitygw, startVersitygw, type Versitygw } from './versitygw.ts'

const program = findVersitygw()
const required = requirement('versitygw', program !== undefined)

if (program === undefined) test('originals in versitygw', required, () => {})
else {
  const s3 = await startVersitygw(program)
  after(() => s3.close())
  describeOriginals(s3)
  describeForbidden(s3)
  describeEdge(s3)
}

function describeForbidden(s3: Versitygw): void {
  const originals = createS3Originals({ ...settings, bucket: s3.bucket, s3Endpoint: s3.url })
  const patience = () => AbortSignal.timeout(5000)

  suite('a user of versitygw without rights', () => {
    let stranger: Credentials
    before(async () => {
      stranger = await s3.addUser()
      await s3.put('private.jpg', Buffer.from('private'))
      signIn(stranger)
    })
    after(() => signIn(s3.credentials))

    test('is forbidden to read an original', async () => {
      await rejects(originals.read('private.jpg', patience()), 'forbidden')
    })

    // The answer to HEAD has no body to name an error.
    test('is forbidden to describe an original', async () => {
      await rejects(originals.describe('private.jpg', patience()), 'forbidden')
    })
  })
}

function describeEdge(s3: Versitygw): void {
  suite('the edge over versitygw', () => {
    let edge: RunningEdge
    before(async () => {
      const { url: endpoint, bucket, credentials } = s3
      edge = await openEdge({ externalS3: { endpoint, bucket, credentials } })
    })
    after(closeEdges)

    test('makes an AVIF once', async () => {
      await s3.put('far/a b+c~é.png', await drawPicture(300, 200).png().toBuffer())
      const target = '/far/a%20b+c~%C3%A9.png?width=160'
      const headers = { accept: accepts.avif }
      const first = await edge.ask(target, { headers })
      assert.equal(first.status, 200, first.body.toString())
      assert.equal(first.headers['content-type'], 'image/avif')
      assert.equal(first.headers['x-cache'], 'Miss from cloudfront')
      assert.equal(
        first.headers['x-fovea-key'],
        '/far/a~20b~2Bc~7E~C3~A9.png?rev=1&width=160&format=auto.avif',
      )
      const second = await edge.ask(target, { headers })
      assert.equal(second.headers['x-cache'], 'Hit from cloudfront')
      assert.deepEqual(second.body, first.body)
      assert.equal(edge.edge.stats.transformerInvocations, 1)
    })

    test('answers 404 for what is only in its own folder', async () => {
      assert.equal((await edge.ask('/photo.jpg?width=160')).status, 404)
    })
  })
}
