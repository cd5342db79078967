import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { createS3Endpoint, type S3Endpoint } from '../../edge/s3-endpoint/endpoint.ts'
import { signRequest } from '../../edge/signature-v4.ts'

const credentials = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }
const bucket = 'originals'

/** A real path: the temporary folder is itself a link on some systems. */
const outside = mkdtempSync(join(realpathSync(tmpdir()), 's3-endpoint-'))
const folder = join(outside, 'folder')

let clockMs: number | undefined
let endpoint: S3Endpoint
let url: string
let port: number
let client: S3Client

before(async () => {
  mkdirSync(folder)
  chmodSync(outside, 0o755)
  endpoint = createS3Endpoint({ folder, bucket, credentials, now: () => clockMs ?? Date.now() })
  const bound = await endpoint.listen()
  url = bound.url
  port = bound.port
  client = createClient({})
})

after(async () => {
  client.destroy()
  await endpoint.close()
  rmSync(outside, { recursive: true })
})

function createClient(config: S3ClientConfig): S3Client {
  const base = { endpoint: url, forcePathStyle: true, region: 'eu-central-1', credentials, maxAttempts: 1 }
  return new S3Client({ ...base, ...config })
}

function put(key: string, content: string | Uint8Array): string {
  const path = join(folder, key)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function get(key: string, options: Partial<GetObjectCommandInput> = {}) {
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...options }))
  return { ...answer, text: await answer.Body?.transformToString() }
}

async function list(options: Partial<ListObjectsV2CommandInput>, of = client) {
  const answer = await of.send(new ListObjectsV2Command({ Bucket: bucket, ...options }))
  const keys = (answer.Contents ?? []).map(({ Key }) => Key ?? '')
  return { ...answer, keys, prefixes: (answer.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? '') }
}

/** The status and code of the SDK's error; it fails where there is none. */
async function rejection(promise: Promise<unknown>): Promise<[status: number, name: string]> {
  try {
    await promise
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } }
    return [$metadata?.httpStatusCode ?? 0, name]
  }
  return assert.fail('the request was answered')
}

interface RawAnswer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

/** Sends the path as it is, which no client library does, with a valid signature: so that not the signature alone protects. */
async function sendRaw(
  path: string,
  { method = 'GET', headers = {}, signed = true, body = '' } = {},
): Promise<RawAnswer> {
  const toSign = { method, url: path, headers: { host: `127.0.0.1:${port}` } }
  const signing = { credentials, service: 's3', region: 'x', signedAt: new Date() }
  const added = signed ? await signRequest(toSign, signing) : {}
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers: { ...headers, ...added }, agent: false }
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    request.on('error', reject).end(body)
  })
}

describe('GetObject and HeadObject', () => {
  test('give bytes, type, length, times and ETag', async () => {
    const path = put('products/chair.jpg', 'a chair')
    utimesSync(path, 1_700_000_000, 1_700_000_000.25)
    const answer = await get('products/chair.jpg')
    assert.equal(answer.text, 'a chair')
    assert.match(answer.ETag ?? '', /^"[0-9a-f]{32}"$/)
    assert.equal(answer.LastModified?.getTime(), 1_700_000_000_000)
    assert.equal(answer.ContentLength, 7)
    assert.equal(answer.ContentType, 'image/jpeg')
    assert.equal(answer.AcceptRanges, 'bytes')
    assert.match(answer.$metadata.requestId ?? '', /^[0-9A-F]{16}$/)

    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'products/chair.jpg' }))
    for (const name of ['ETag', 'ContentLength', 'ContentType', 'AcceptRanges'] as const) {
      assert.equal(head[name], answer[name], name)
    }
  })

  test('give an empty file, a file without extension, and megabytes unharmed', async () => {
    put('empty.png', '')
    assert.deepEqual([(await get('empty.png')).text, (await get('empty.png')).ContentLength], ['', 0])
    put('plain', 'x')
    assert.equal((await get('plain')).ContentType, 'binary/octet-stream')
    const bytes = Buffer.alloc(
      3_000_000,
      Uint8Array.from({ length: 251 }, (_, index) => index),
    )
    put('large.bin', bytes)
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'large.bin' }))
    assert.ok(bytes.equals((await answer.Body?.transformToByteArray()) ?? Buffer.alloc(0)))
  })

  test('see files that arrive, change and go while the endpoint runs', async () => {
    assert.deepEqual(await rejection(get('late.txt')), [404, 'NoSuchKey'])
    const path = put('late.txt', 'one')
    assert.equal((await get('late.txt')).text, 'one')
    unlinkSync(path)
    assert.deepEqual(await rejection(get('late.txt')), [404, 'NoSuchKey'])
  })

  test('give another ETag after every kind of rewriting, and the same one otherwise', async () => {
    const path = put('changing.txt', 'first')
    const etags = [(await get('changing.txt')).ETag]
    assert.equal((await get('changing.txt')).ETag, etags[0])

    put('changing.txt', 'longer than first')
    etags.push((await get('changing.txt')).ETag)
    await delay(20)
    put('changing.txt', 'longer than FIRST')
    etags.push((await get('changing.txt')).ETag)
    // Same length and time, as rsync and cp -p leave them: the inode tells.
    const replacement = put('replacement.txt', 'LONGER than FIRST')
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    etags.push((await get('changing.txt')).ETag)
    utimesSync(replacement, 1_700_000_000, 1_700_000_000)
    renameSync(replacement, path)
    etags.push((await get('changing.txt')).ETag)
    assert.equal(new Set(etags).size, 5)
  })

  test('are refused with 404 NoSuchKey, NotFound for HEAD, which has no body', async () => {
    assert.deepEqual(await rejection(get('nothing/here.jpg')), [404, 'NoSuchKey'])
    const head = client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'nothing' }))
    assert.deepEqual(await rejection(head), [404, 'NotFound'])
    const raw = await sendRaw(`/${bucket}/${encodeURIComponent('a<&>"\'.jpg')}`)
    assert.equal(raw.headers['content-type'], 'application/xml')
    assert.match(raw.body, /<Code>NoSuchKey<\/Code>.*<Key>a&lt;&amp;&gt;&quot;&apos;.jpg<\/Key>/)
  })

  test('are refused with 404 NoSuchBucket for another bucket, or once the folder has gone', async () => {
    assert.deepEqual(await rejection(get('a', { Bucket: 'other' })), [404, 'NoSuchBucket'])
    renameSync(folder, `${folder}-away`)
    try {
      assert.deepEqual(await rejection(get('plain')), [404, 'NoSuchBucket'])
    } finally {
      renameSync(`${folder}-away`, folder)
    }
    await client.send(new HeadBucketCommand({ Bucket: bucket }))
  })

  test('are refused with 403 AccessDenied for an unreadable file', async () => {
    chmodSync(put('unreadable.jpg', 'x'), 0o000)
    // The administrator may read everything, so step down for the request.
    const isAdministrator = process.geteuid?.() === 0
    if (isAdministrator) process.seteuid?.(65_534)
    try {
      assert.deepEqual(await rejection(get('unreadable.jpg')), [403, 'AccessDenied'])
    } finally {
      if (isAdministrator) process.seteuid?.(0)
    }
  })

  test('take a key of 1,024 bytes for missing and a longer one for an error', async () => {
    assert.deepEqual(await rejection(get('é'.repeat(512))), [404, 'NoSuchKey'])
    assert.deepEqual(await rejection(get(`${'é'.repeat(512)}x`)), [400, 'KeyTooLongError'])
  })

  test('answer 501 to what they do not implement, rather than something else than was asked for', async () => {
    assert.deepEqual(await rejection(get('plain', { VersionId: 'x' })), [501, 'NotImplemented'])
    assert.equal((await sendRaw(`/${bucket}/plain?acl`)).status, 501)
    assert.equal((await sendRaw('/')).status, 501)
  })
})

describe('conditions', () => {
  const past = new Date(1_600_000_000_000)
  const at = new Date(1_700_000_000_000)
  const future = new Date(1_700_000_001_000)
  /** `=` stands for the object's ETag. */
  const table: [name: string, options: Partial<GetObjectCommandInput>, status: number][] = [
    ['If-None-Match with the ETag', { IfNoneMatch: '=' }, 304],
    ['If-None-Match with a weak one in a list', { IfNoneMatch: '"x", W/=' }, 304],
    ['If-None-Match with a star', { IfNoneMatch: '*' }, 304],
    ['If-None-Match with another', { IfNoneMatch: '"0"' }, 200],
    ['If-Match with the ETag', { IfMatch: '=' }, 200],
    ['If-Match with another', { IfMatch: '"0"' }, 412],
    ['If-Modified-Since its time', { IfModifiedSince: at }, 304],
    ['If-Modified-Since before it', { IfModifiedSince: past }, 200],
    ['If-Unmodified-Since its time', { IfUnmodifiedSince: at }, 200],
    ['If-Unmodified-Since before it', { IfUnmodifiedSince: past }, 412],
    ['an ETag outranking a date, both false', { IfNoneMatch: '"0"', IfModifiedSince: future }, 200],
    ['an ETag outranking a date, both true', { IfMatch: '=', IfUnmodifiedSince: past }, 200],
  ]
  for (const [name, options, status] of table) {
    test(`answer ${status} to ${name}`, async () => {
      utimesSync(put('conditional.txt', 'x'), at, new Date(at.getTime() + 500))
      const { ETag = '' } = await get('conditional.txt')
      const fill = (value: string | undefined) => value?.replace('=', ETag)
      const filled = { ...options, IfMatch: fill(options.IfMatch), IfNoneMatch: fill(options.IfNoneMatch) }
      const outcome =
        status === 200
          ? [(await get('conditional.txt', filled)).$metadata.httpStatusCode]
          : await rejection(get('conditional.txt', filled))
      assert.equal(outcome[0], status)
    })
  }

  test('answer 304 with the validators and without a body', async () => {
    put('conditional.txt', 'x')
    const { ETag = '' } = await get('conditional.txt')
    const raw = await sendRaw(`/${bucket}/conditional.txt`, { headers: { 'if-none-match': ETag } })
    assert.deepEqual([raw.status, raw.body, raw.headers.etag], [304, '', ETag])
    assert.equal(raw.headers['content-length'], undefined)
  })
})

describe('Range', () => {
  const content = '0123456789'
  const table: [range: string, part: string, contentRange: string | undefined][] = [
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', content, 'bytes 0-9/10'],
    ['bytes=4-2', content, undefined],
    ['bytes=0-1,3-4', content, undefined],
    ['bytes=-', content, undefined],
    ['lines=1-2', content, undefined],
  ]
  for (const [range, part, contentRange] of table) {
    test(`gives ${contentRange ?? 'everything'} for ${range}`, async () => {
      put('ranged.txt', content)
      const answer = await get('ranged.txt', { Range: range })
      assert.deepEqual([answer.text, answer.ContentRange], [part, contentRange])
      assert.equal(answer.$metadata.httpStatusCode, contentRange === undefined ? 200 : 206)
    })
  }

  for (const range of ['bytes=10-', 'bytes=10-12', 'bytes=-0', 'bytes=99999999999999999999-']) {
    test(`is refused with 416 InvalidRange for ${range}`, async () => {
      put('ranged.txt', content)
      assert.deepEqual(await rejection(get('ranged.txt', { Range: range })), [416, 'InvalidRange'])
      const raw = await sendRaw(`/${bucket}/ranged.txt`, { headers: { range } })
      assert.equal(raw.headers['content-range'], 'bytes */10')
    })
  }

  test('is ignored where If-Range names another version', async () => {
    put('ranged.txt', content)
    const { ETag = '' } = await get('ranged.txt')
    for (const [ifRange, status] of [
      [ETag, 206],
      ['"0"', 200],
    ] as const) {
      const headers = { range: 'bytes=0-1', 'if-range': ifRange }
      assert.equal((await sendRaw(`/${bucket}/ranged.txt`, { headers })).status, status)
    }
  })
})

describe('keys', () => {
  const strange = [
    'with space.jpg',
    ' leading and trailing ',
    'a+b~1.jpg',
    'quote"and\'apostrophe.jpg',
    '(parentheses)!*.jpg',
    '100%.jpg',
    '100%25.jpg',
    '%2e%2e%2fetc',
    'café/naïve.jpg',
    'cafe\u0301.jpg',
    '日本/写真😀.jpg',
    'a&b=c;d,e@f:g$h#i?j.jpg',
    'back\\slash.jpg',
    '<tag>&amp;.jpg',
    '[brackets]{braces}|^`.jpg',
    'line\nbreak\ttab\u007f\u0001.jpg',
    'a..b/c...d/e.',
    '__proto__',
    'a:\\b.jpg',
  ]

  for (const key of strange) {
    test(`survive: ${JSON.stringify(key)}`, async () => {
      put(key, `content of ${key}`)
      assert.equal((await get(key)).text, `content of ${key}`)
      const { keys } = await list({ Prefix: key, EncodingType: 'url' })
      assert.ok(keys.map(decodeURIComponent).includes(key))
    })
  }

  test('survive in XML without encoding-type, but for control characters', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them
    for (const key of strange.filter((name) => !/[\u0000-\u001f]|^ /.test(name))) {
      put(key, '')
      const { keys } = await list({ Prefix: key })
      assert.ok(keys.includes(key), key)
    }
  })

  test('survive, whatever text they are made of', async () => {
    const segment = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/^\.|[/\0]/.test(text) && Buffer.byteLength(text) <= 255)
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 3 }), async (segments) => {
        // Under a folder of its own, so that no key of another run is a folder of this one.
        const root = mkdtempSync(join(folder, 'any-'))
        const key = [root.slice(folder.length + 1), ...segments].join('/')
        put(key, key)
        assert.equal((await get(key)).text, key)
        const { keys } = await list({ Prefix: key, EncodingType: 'url' })
        assert.deepEqual(keys.map(decodeURIComponent), [key])
        rmSync(root, { recursive: true })
      }),
      { numRuns: 100 },
    )
  })

  describe('never leave the folder', () => {
    before(() => {
      writeFileSync(join(outside, 'secret.txt'), 'secret')
      mkdirSync(join(outside, 'folder-sibling'))
      writeFileSync(join(outside, 'folder-sibling', 'secret.txt'), 'secret')
      put('inside/visible.txt', 'visible')
      put('.hidden.txt', 'secret')
      put('.git/config', 'secret')
      put('inside/.hidden/deep.txt', 'secret')
      symlinkSync(join(outside, 'secret.txt'), join(folder, 'link-out.txt'))
      symlinkSync('../secret.txt', join(folder, 'relative-link-out.txt'))
      symlinkSync(outside, join(folder, 'link-up'))
      symlinkSync('/', join(folder, 'link-root'))
      symlinkSync(join(outside, 'folder-sibling'), join(folder, 'link-sibling'))
      symlinkSync('.hidden.txt', join(folder, 'link-hidden.txt'))
      symlinkSync('nowhere', join(folder, 'link-nowhere'))
      symlinkSync('link-loop', join(folder, 'link-loop'))
      symlinkSync('inside/visible.txt', join(folder, 'link-in.txt'))
      symlinkSync('inside', join(folder, 'link-inside'))
      symlinkSync('.', join(folder, 'link-here'))
    })

    const attempts = [
      '../secret.txt',
      '%2e%2e/secret.txt',
      '..%2fsecret.txt',
      '%2e%2e%2fsecret.txt',
      '..%5csecret.txt',
      '%252e%252e/secret.txt',
      'inside/../../secret.txt',
      'inside/../inside/visible.txt',
      './inside/visible.txt',
      'inside/./visible.txt',
      'inside//visible.txt',
      'inside/visible.txt/',
      'inside/visible.txt/.',
      'inside/visible.txt%00',
      'inside/visible.txt%00.jpg',
      '%00',
      '../folder-sibling/secret.txt',
      `/${outside}/secret.txt`,
      `${outside}/secret.txt`,
      `%2f${encodeURIComponent(`${outside}/secret.txt`)}`,
      '//etc/passwd',
      'file:///etc/passwd',
      '~/.profile',
      '.hidden.txt',
      '%2ehidden.txt',
      '.git/config',
      'inside/.hidden/deep.txt',
      'link-out.txt',
      'relative-link-out.txt',
      'link-up/secret.txt',
      'link-up/folder/inside/visible.txt/..',
      'link-root/etc/passwd',
      'link-sibling/secret.txt',
      'link-hidden.txt',
      'link-here/.hidden.txt',
      'link-nowhere',
      'link-loop',
      'inside',
      'inside/',
      'link-inside',
      '.',
      '..',
    ]
    for (const attempt of attempts) {
      test(`by ${attempt.replace(outside, '…').replace(encodeURIComponent(outside), '…')}`, async () => {
        for (const method of ['GET', 'HEAD']) {
          const { status, body } = await sendRaw(`/${bucket}/${attempt}`, { method })
          assert.equal(status, 404)
          assert.equal(body.includes('<Code>NoSuchKey</Code>'), method === 'GET')
        }
      })
    }

    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/./inside/visible.txt', '//etc/passwd']) {
      test(`by the path ${path}`, async () => {
        const { status } = await sendRaw(path)
        assert.ok(status === 404 || status === 501, String(status))
      })
    }

    for (const path of [
      `http://127.0.0.1/${bucket}/inside/visible.txt`,
      '*',
      `/${bucket}/%zz`,
      `/${bucket}/%ff`,
    ]) {
      test(`and ${path} is no URL of an object`, async () => {
        const { status, body } = await sendRaw(path, { signed: false })
        assert.deepEqual([status, body.includes('InvalidURI')], [400, true])
      })
    }

    test('but links within it are followed', async () => {
      for (const key of ['link-in.txt', 'link-inside/visible.txt', 'link-here/inside/visible.txt']) {
        assert.equal((await get(key)).text, 'visible', key)
      }
    })

    test('and a listing shows of them just what can be had', async () => {
      const { keys } = await list({})
      for (const key of ['inside/visible.txt', 'link-in.txt', 'link-inside/visible.txt']) {
        assert.ok(keys.includes(key), key)
      }
      for (const key of keys.filter((name) => !name.includes('\u0001') && !name.startsWith('unreadable'))) {
        await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
      }
      assert.deepEqual(
        keys.filter((key) => /secret|hidden|\.git|passwd|here/.test(key)),
        [],
      )
    })

    test('nor does a prefix read outside', async () => {
      for (const prefix of ['../', '/', `${outside}/`, 'link-up/', '.', 'inside/../']) {
        assert.deepEqual((await list({ Prefix: prefix })).keys, [], prefix)
      }
    })
  })
})

describe('ListObjectsV2', () => {
  const keys = [
    'a.jpg',
    'b/1.jpg',
    'b/2.jpg',
    'b/c/3.jpg',
    'b.jpg',
    'd/4.jpg',
    'é.jpg',
    '\uffee.jpg',
    '😀.jpg',
  ]
  const prefix = 'listing/'
  const strip = (names: string[]) => names.map((name) => name.slice(prefix.length))
  /** By bytes of UTF-8: `.` before `/`, and U+1F600 after U+FFEE, which UTF-16 has the other way round. */
  const inOrder = [
    'a.jpg',
    'b.jpg',
    'b/1.jpg',
    'b/2.jpg',
    'b/c/3.jpg',
    'd/4.jpg',
    'é.jpg',
    '\uffee.jpg',
    '😀.jpg',
  ]

  before(() => {
    for (const key of keys) put(prefix + key, key)
    mkdirSync(join(folder, prefix, 'empty-folder'))
  })

  test('lists in the order of bytes, with size, time and the ETag that GetObject gives', async () => {
    const answer = await list({ Prefix: prefix })
    assert.deepEqual(strip(answer.keys), inOrder)
    assert.deepEqual([answer.KeyCount, answer.MaxKeys, answer.IsTruncated], [9, 1000, false])
    const first = answer.Contents?.[0]
    const object = await get(`${prefix}a.jpg`)
    assert.deepEqual([first?.Size, first?.ETag], [5, object.ETag])
    assert.equal(
      Math.floor((first?.LastModified?.getTime() ?? 0) / 1000) * 1000,
      object.LastModified?.getTime(),
    )
  })

  test('groups by delimiter', async () => {
    const answer = await list({ Prefix: prefix, Delimiter: '/' })
    assert.deepEqual(strip(answer.keys), ['a.jpg', 'b.jpg', 'é.jpg', '\uffee.jpg', '😀.jpg'])
    assert.deepEqual(strip(answer.prefixes), ['b/', 'd/'])
    assert.equal(answer.KeyCount, 7)
    const below = await list({ Prefix: `${prefix}b`, Delimiter: '/' })
    assert.deepEqual([strip(below.keys), strip(below.prefixes)], [['b.jpg'], ['b/']])
    const other = await list({ Prefix: prefix, Delimiter: '.j' })
    assert.deepEqual(strip(other.prefixes).slice(0, 3), ['a.j', 'b.j', 'b/1.j'])
  })

  for (const delimiter of [undefined, '/', 'jpg']) {
    test(`pages by 1 to 10 entries as in one go, with delimiter ${delimiter}`, async () => {
      const whole = await list({ Prefix: prefix, Delimiter: delimiter })
      for (let pageSize = 1; pageSize <= 10; pageSize++) {
        const paged = { keys: [] as string[], prefixes: [] as string[] }
        const pages = paginateListObjectsV2(
          { client, pageSize },
          { Bucket: bucket, Prefix: prefix, Delimiter: delimiter },
        )
        for await (const page of pages) {
          assert.ok((page.KeyCount ?? 0) <= pageSize)
          paged.keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''))
          paged.prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''))
        }
        assert.deepEqual(paged, { keys: whole.keys, prefixes: whole.prefixes })
      }
    })
  }

  test('starts after a key, be it there or not', async () => {
    assert.deepEqual(
      strip((await list({ Prefix: prefix, StartAfter: `${prefix}b/2.jpg` })).keys),
      inOrder.slice(4),
    )
    assert.deepEqual(
      strip((await list({ Prefix: prefix, StartAfter: `${prefix}b/` })).keys),
      inOrder.slice(2),
    )
    assert.deepEqual((await list({ Prefix: prefix, StartAfter: 'zzz' })).keys, [])
  })

  test('encodes keys and prefixes when asked to', async () => {
    const answer = await list({ Prefix: `${prefix}é`, EncodingType: 'url', Delimiter: '/' })
    assert.deepEqual(answer.keys, ['listing/%C3%A9.jpg'])
    assert.deepEqual([answer.Prefix, answer.EncodingType], ['listing/%C3%A9', 'url'])
  })

  test('gives nothing for max-keys 0, and never more than 1,000', async () => {
    const none = await list({ MaxKeys: 0 })
    assert.deepEqual([none.keys, none.KeyCount, none.IsTruncated], [[], 0, false])
    for (let index = 0; index < 1001; index++) put(`many/${index}`, '')
    const many = await list({ Prefix: 'many/', MaxKeys: 5000 })
    assert.deepEqual([many.keys.length, many.MaxKeys, many.IsTruncated], [1000, 1000, true])
    rmSync(join(folder, 'many'), { recursive: true })
  })

  for (const query of [
    'list-type=2&max-keys=-1',
    'list-type=2&max-keys=x',
    'list-type=2&max-keys=1.5',
    'list-type=2&max-keys=',
    'list-type=2&encoding-type=xml',
    'list-type=2&continuation-token=',
    'list-type=2&continuation-token=***',
  ]) {
    test(`refuses ${query} with 400 InvalidArgument`, async () => {
      const { status, body } = await sendRaw(`/${bucket}?${query}`)
      assert.deepEqual([status, /<Code>(.*)<\/Code>/.exec(body)?.[1]], [400, 'InvalidArgument'])
    })
  }

  for (const query of [
    '',
    'list-type=1',
    'list-type=2&prefix=a&prefix=b',
    'list-type=2&versions',
    'location',
  ]) {
    test(`answers 501 to ${query || 'a listing of version 1'}`, async () => {
      assert.equal((await sendRaw(`/${bucket}?${query}`)).status, 501)
    })
  }

  test('refuses another bucket', async () => {
    assert.deepEqual(await rejection(list({ Bucket: 'other' })), [404, 'NoSuchBucket'])
  })
})

describe('access', () => {
  const keysOf = (change: Partial<typeof credentials>) => ({ credentials: { ...credentials, ...change } })
  const clients: [name: string, config: S3ClientConfig, status: number, code: string][] = [
    ['a wrong secret', keysOf({ secretAccessKey: 'wrong' }), 403, 'SignatureDoesNotMatch'],
    ['a wrong key id', keysOf({ accessKeyId: 'wrong' }), 403, 'InvalidAccessKeyId'],
    ['no signature', { signer: { sign: async (request) => request } }, 403, 'AccessDenied'],
  ]
  for (const [name, config, status, code] of clients) {
    test(`is refused to ${name}, whether the key exists or not`, async () => {
      put('plain', 'x')
      const stranger = createClient(config)
      for (const key of ['plain', 'missing']) {
        const answer = stranger.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        assert.deepEqual(await rejection(answer), [status, code])
      }
      assert.deepEqual(await rejection(list({}, stranger)), [status, code])
      assert.deepEqual(await rejection(list({ Bucket: 'other' }, stranger)), [status, code])
      stranger.destroy()
    })
  }

  test('is refused to a clock that is wrong, which the SDK then corrects by the Date header', async () => {
    put('plain', 'x')
    clockMs = Date.now() + 20 * 60_000
    const hasty = createClient({})
    const patient = createClient({ maxAttempts: 2 })
    try {
      const command = new GetObjectCommand({ Bucket: bucket, Key: 'plain' })
      assert.deepEqual(await rejection(hasty.send(command)), [403, 'RequestTimeTooSkewed'])
      assert.equal((await patient.send(command)).ContentLength, 1)
    } finally {
      clockMs = undefined
      hasty.destroy()
      patient.destroy()
    }
  })

  test('is for reading only', async () => {
    const write = client.send(new PutObjectCommand({ Bucket: bucket, Key: 'new.txt', Body: 'x' }))
    assert.deepEqual(await rejection(write), [405, 'MethodNotAllowed'])
    for (const method of ['POST', 'DELETE', 'OPTIONS', 'PATCH']) {
      const { status, headers } = await sendRaw(`/${bucket}/plain`, { method })
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], method)
    }
    assert.deepEqual(await rejection(get('new.txt')), [404, 'NoSuchKey'])
  })

  test('is refused to a GET with a body, which no signature here covers', async () => {
    for (const [headers, status] of [
      [{ 'content-length': '0' }, 200],
      [{ 'content-length': '4' }, 400],
      [{ 'transfer-encoding': 'chunked' }, 400],
    ] as const) {
      put('plain', 'x')
      const body = status === 200 ? '' : 'body'
      assert.equal((await sendRaw(`/${bucket}/plain`, { headers, body })).status, status)
    }
  })
})

describe('the server', () => {
  const megabyte = 1024 * 1024
  /** Connections that stay open, as the SDK's do: otherwise the end of the connection would end a truncated body too. */
  const agent = new Agent({ keepAlive: true })
  after(() => agent.destroy())

  /** Opens a large object and returns once its first bytes are here and the rest is held back. */
  async function openLarge(key: string): Promise<IncomingMessage> {
    truncateSync(put(key, ''), 64 * megabyte)
    const signing = { credentials, service: 's3', region: 'x', signedAt: new Date() }
    const path = `/${bucket}/${key}`
    const headers = await signRequest(
      { method: 'GET', url: path, headers: { host: `127.0.0.1:${port}` } },
      signing,
    )
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, path, headers, agent }, resolve).on('error', reject).end()
    })
    await new Promise((resolve) => response.once('readable', resolve))
    return response
  }

  async function countBytes(response: IncomingMessage): Promise<number> {
    let count = 0
    for await (const chunk of response) count += chunk.length
    return count
  }

  test('sends a file to its end although it is deleted meanwhile', async () => {
    const response = await openLarge('deleted.bin')
    unlinkSync(join(folder, 'deleted.bin'))
    assert.equal(await countBytes(response), 64 * megabyte)
  })

  // Node itself hangs up on an idle connection after 5 s, which would hide the fault.
  test('breaks off, rather than leave waiting, when a file shrinks meanwhile', {
    timeout: 4_000,
  }, async () => {
    const response = await openLarge('shrinking.bin')
    truncateSync(join(folder, 'shrinking.bin'), 10)
    await assert.rejects(countBytes(response), { code: 'ECONNRESET' })
    put('plain', 'still here')
    assert.equal((await get('plain')).text, 'still here')
  })

  test('outlives clients that hang up, and closes their files', { timeout: 10_000 }, async () => {
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => openLarge(`abandoned-${index}`)),
    )
    assert.ok(!onLinux || countOpenFiles('abandoned') > 0)
    for (const response of responses) response.destroy()
    put('plain', 'still here')
    assert.equal((await get('plain')).text, 'still here')
    await expectClosed('abandoned')
  })

  test('leaves no file open after conditions, ranges, HEAD and errors', { timeout: 10_000 }, async () => {
    const path = `/${bucket}/closed.txt`
    put('closed.txt', 'x')
    for (const headers of [{}, { 'if-none-match': '*' }, { 'if-match': '"0"' }, { range: 'bytes=9-' }]) {
      for (const method of ['GET', 'HEAD']) await sendRaw(path, { method, headers })
    }
    put('closed-folder/x', '')
    for (let count = 0; count < 5; count++) await sendRaw(`/${bucket}/closed-folder`)
    await expectClosed('closed')
  })

  test('refuses a port that is taken, and closes at once with answers under way', async () => {
    const other = createS3Endpoint({ folder, bucket, credentials, now: Date.now })
    await assert.rejects(other.listen(port), { code: 'EADDRINUSE' })
    const response = await openLarge('cut.bin')
    const cut = assert.rejects(countBytes(response), { code: 'ECONNRESET' })
    await endpoint.close()
    await cut
    await endpoint.listen(port)
    client.destroy()
    client = createClient({})
    assert.equal((await get('plain')).text, 'still here')
  })
})

const onLinux = process.platform === 'linux'

/** Fails unless files are closed soon, by whoever opened them: Node's garbage collector does it too, later, with a warning. */
async function expectClosed(name: string): Promise<void> {
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  for (let tries = 0; onLinux && tries < 50 && countOpenFiles(name) > 0; tries++) await delay(10)
  process.off('warning', note)
  assert.deepEqual([onLinux ? countOpenFiles(name) : 0, warnings], [0, []])
}

function countOpenFiles(name: string): number {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  return links.filter((link) => link.includes(`${folder}/${name}`)).length
}
