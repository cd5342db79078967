import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { OriginErrorCode } from '../../../grammar/origin-errors.ts'
import { createS3Originals } from '../../../transformer/original/s3-originals.ts'
import type { TransformerSettings } from '../../../transformer/settings.ts'
import { TransformError } from '../../../transformer/transform-error.ts'
import { makePhotograph } from '../../images/photograph.ts'
import { createTransformer, imageOf, settings } from '../run.ts'
import type { S3UnderTest } from '../s3-under-test.ts'

const patience = () => AbortSignal.timeout(5000)

/** The client finds its credentials in the environment, as in Lambda. */
export function signIn({
  accessKeyId,
  secretAccessKey,
}: {
  accessKeyId: string
  secretAccessKey: string
}): void {
  process.env.AWS_REGION = 'us-east-1'
  process.env.AWS_ACCESS_KEY_ID = accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = secretAccessKey
}

/** Tests reading originals from `s3`, whichever it is, with its credentials. Closes nothing. */
export function describeOriginals(s3: S3UnderTest): void {
  before(() => signIn(s3.credentials))

  function createOriginals(changed: Partial<TransformerSettings> = {}) {
    return createS3Originals({ ...settings, bucket: s3.bucket, s3Endpoint: s3.url, ...changed })
  }

  suite(`originals in ${s3.name}`, () => {
    test('are read whole, with ETag and date', async () => {
      const bytes = Buffer.alloc(300_000, 'photograph')
      await s3.put('p/x.jpg', bytes)
      const original = await createOriginals().read('p/x.jpg', patience())
      assert.deepEqual(original.bytes, bytes)
      assert.match(original.etag, /^"[^"]+"$/)
      assert.ok(Math.abs(Date.now() - (original.lastModified?.getTime() ?? 0)) < 60_000)
    })

    test('are described as they are read, without their bytes', async () => {
      await s3.put('p/y.jpg', Buffer.from('y'))
      const originals = createOriginals()
      const { bytes, ...read } = await originals.read('p/y.jpg', patience())
      assert.equal(bytes.toString(), 'y')
      assert.deepEqual(await originals.describe('p/y.jpg', patience()), read)
    })

    test('tell their focal point, read or described', async () => {
      await s3.put('p/focal.jpg', Buffer.from('x'), { 'focal-point': '0.3,.75' })
      const originals = createOriginals()
      for (const way of ['read', 'describe'] as const) {
        const { focalPoint, warning } = await originals[way]('p/focal.jpg', patience())
        assert.deepEqual([focalPoint, warning], ['0.3_0.75', undefined], way)
      }
    })

    test('with a focal point that is none have none, and say so', async () => {
      await s3.put('p/unfocused.jpg', Buffer.from('x'), { 'focal-point': 'the middle' })
      const { focalPoint, warning } = await createOriginals().read('p/unfocused.jpg', patience())
      assert.equal(focalPoint, undefined)
      assert.match(
        String(warning),
        /expected x_y, each 0–1, for x-amz-meta-focal-point but received the middle/,
      )
    })

    test('have another ETag when they change', async () => {
      const originals = createOriginals()
      await s3.put('p/z.jpg', Buffer.from('one'))
      const first = await originals.read('p/z.jpg', patience())
      await s3.put('p/z.jpg', Buffer.from('three'))
      const second = await originals.read('p/z.jpg', patience())
      assert.notEqual(second.etag, first.etag)
      assert.equal(second.bytes.toString(), 'three')
    })

    test('may be empty', async () => {
      await s3.put('empty.jpg', Buffer.alloc(0))
      assert.equal((await createOriginals().read('empty.jpg', patience())).bytes.length, 0)
    })

    const keys = [
      'a b.jpg',
      'a+b.jpg',
      'a%20b.jpg',
      'a%2Fb.jpg',
      'a~b.jpg',
      'a~20b.jpg',
      'café/é.jpg',
      'cafe\u0301.jpg',
      '日本/🦊.jpg',
      `"'()*!$&,;=:@.jpg`,
      '?query=1#fragment.jpg',
      '[x]{y}|z^`.jpg',
      'a\\b.jpg',
      'three...dots...',
      '<script>.jpg',
      `${'deep/'.repeat(20)}x.jpg`,
      `${'a'.repeat(240)}.jpg`,
    ]
    for (const key of keys) {
      test(`are found under ${key.slice(0, 40)}`, async () => {
        const bytes = createHash('sha256').update(key).digest()
        await s3.put(key, bytes)
        const originals = createOriginals()
        assert.deepEqual((await originals.read(key, patience())).bytes, bytes)
        assert.match((await originals.describe(key, patience())).etag, /^"/)
      })
    }

    test('become variants by way of the handler', async () => {
      await s3.put('café/a+b.jpg', await makePhotograph(60, 40).jpeg().toBuffer())
      const transformer = createTransformer({}, { originals: createOriginals() })
      const received = await transformer.get('café/a+b.jpg', { width: 30, format: 'webp' })
      assert.ok(imageOf(received).length > 0)
      assert.ok(received.headers['last-modified'])
      const etag = received.headers.etag ?? ''
      const again = await transformer.get(
        'café/a+b.jpg',
        { width: 30, format: 'webp' },
        { 'if-none-match': etag },
      )
      assert.equal(again.status, 304)
    })
  })

  suite(`what is refused by ${s3.name}`, () => {
    for (const key of ['no-such.jpg', 'p', 'p/no-such.jpg', 'café/missing é.jpg']) {
      for (const way of ['read', 'describe'] as const) {
        test(`${way} finds ${key} missing`, async () => {
          await rejects(createOriginals()[way](key, patience()), 'missing')
        })
      }
    }

    test('an original over the limit is not read', async () => {
      await s3.put('large.jpg', Buffer.alloc(2000))
      const originals = createOriginals({ maxSourceBytes: 1999 })
      const error = await rejects(originals.read('large.jpg', patience()), 'over-limit')
      assert.match(error.problem.expected, /at most 1999 bytes/)
      assert.match(error.problem.received, /2000/)
      assert.equal(
        (await createOriginals({ maxSourceBytes: 2000 }).read('large.jpg', patience())).bytes.length,
        2000,
      )
      // The connection that was given up does not stand in the way of the next.
      await rejects(originals.read('large.jpg', patience()), 'over-limit')
    })

    const strangers = {
      'a wrong secret': { ...s3.credentials, secretAccessKey: 'wrong' },
      'a key that nobody knows': { accessKeyId: 'NOBODY', secretAccessKey: 'wrong' },
    }
    for (const [name, credentials] of Object.entries(strangers)) {
      for (const way of ['read', 'describe'] as const) {
        test(`${way} with ${name} is forbidden or unavailable, and never missing`, async (t) => {
          signIn(credentials)
          t.after(() => signIn(s3.credentials))
          const error = await rejects(
            createOriginals()[way]('p/x.jpg', patience()),
            'forbidden',
            'unavailable',
          )
          t.diagnostic(`${name}: ${error.problem.code}`)
          assert.doesNotMatch(error.message, /wrong/)
        })
      }
    }

    test('a bucket that is not there is our own trouble, not a missing original', async () => {
      await rejects(createOriginals({ bucket: 'no-such-bucket' }).read('p/x.jpg', patience()), 'unavailable')
    })

    test('a signal that is aborted ends the reading', async () => {
      await rejects(createOriginals().read('p/x.jpg', AbortSignal.abort()), 'unavailable')
    })
  })
}

/** The error that `work` fails with, which must have one of `codes`. */
export async function rejects(work: Promise<unknown>, ...codes: OriginErrorCode[]): Promise<TransformError> {
  const error = await work.then(
    () => assert.fail('expected an error but received an original'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof TransformError, String(error))
  assert.ok(codes.includes(error.problem.code), error.message)
  return error
}
