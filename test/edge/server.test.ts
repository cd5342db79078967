import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import sharp from 'sharp'
import { accepts, closeEdges, drawPicture, openEdge, type RunningEdge, readProblem } from './running-edge.ts'

let running: RunningEdge

before(async () => {
  running = await openEdge()
})

after(closeEdges)

suite('the edge, asked for an image', () => {
  const classes: readonly (readonly [accept: string, contentType: string, format: string])[] = [
    [accepts.avif, 'image/avif', 'heif'],
    [accepts.webp, 'image/webp', 'webp'],
    [accepts.none, 'image/jpeg', 'jpeg'],
  ]
  for (const [accept, contentType, format] of classes) {
    test(`answers ${contentType} to Accept: ${accept}`, async () => {
      const { status, headers, body } = await running.ask('/photo.jpg?width=160', { headers: { accept } })
      assert.equal(status, 200)
      assert.equal(headers['content-type'], contentType)
      assert.equal(headers['content-length'], String(body.length))
      assert.match(headers.vary ?? '', /Accept/)
      const metadata = await sharp(body).metadata()
      assert.deepEqual([metadata.format, metadata.width, metadata.height], [format, 160, 107])
    })
  }

  test('carries the headers of transformer, policy and CloudFront', async () => {
    const { headers } = await running.ask('/photo.jpg?width=160&format=webp')
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.equal(headers['strict-transport-security'], 'max-age=31536000')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['timing-allow-origin'], '*')
    assert.match(String(headers['content-security-policy']), /sandbox/)
    assert.match(headers['cache-control'] ?? '', /s-maxage=2592000/)
    assert.match(String(headers['x-fovea-variant']), /format=webp, width=160, height=107/)
    assert.match(String(headers['x-cache']), /from cloudfront$/)
    assert.match(headers.via ?? '', /fovea edge/)
    assert.equal(headers.vary, undefined)
  })

  test('answers the second time from the cache, and runs nothing', async () => {
    const target = '/photo.jpg?width=320'
    const first = await running.ask(target)
    const before = { ...running.edge.stats }
    const second = await running.ask(target)
    assert.deepEqual([first.headers['x-cache'], first.headers.age], ['Miss from cloudfront', undefined])
    assert.deepEqual([second.headers['x-cache'], second.headers.age], ['Hit from cloudfront', '0'])
    assert.deepEqual(second.body, first.body)
    const { stats } = running.edge
    assert.equal(stats.transformerInvocations, before.transformerInvocations)
    assert.deepEqual([stats.requests - before.requests, stats.hits - before.hits], [1, 1])
  })

  test('runs the transformer once for fifty simultaneous first requests', async () => {
    const before = { ...running.edge.stats }
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        running.ask('/photo.jpg?width=480', { headers: { accept: accepts.avif } }),
      ),
    )
    const { stats } = running.edge
    assert.equal(stats.transformerInvocations - before.transformerInvocations, 1)
    assert.deepEqual([stats.misses - before.misses, stats.requests - before.requests], [1, 50])
    assert(
      replies.every(({ status, body }) => status === 200 && body.equals(replies[0]?.body ?? Buffer.alloc(0))),
    )
  })

  test('answers x-fovea-key, taken as a URL, with that very variant, to anyone and as a hit', async () => {
    const first = await running.ask('/photo.jpg?w=480&h=270&g=n', { headers: { accept: accepts.webp } })
    const key = String(first.headers['x-fovea-key'])
    assert.equal(key, '/photo.jpg?rev=1&width=480&height=270&gravity=north&format=auto.webp')
    const again = await running.ask(key, { headers: { accept: accepts.none } })
    assert.equal(again.headers['x-cache'], 'Hit from cloudfront')
    assert.equal(again.headers['x-fovea-key'], key)
    assert.deepEqual(again.body, first.body)
  })

  const spellings: readonly string[] = [
    '/photo.jpg?height=180&width=320&format=webp',
    '/photo.jpg?w=320&h=180&fm=webp',
    '/photo.jpg?W=320&HEIGHT=180&F=WEBP',
    '/photo.jpg?%77idth=320&height=1%380&format=webp',
    '/ph%6Fto.jpg?width=320&height=180&format=webp',
    '/photo.jpg?utm_source=x&width=320&fbclid=1&height=180&format=webp&_=123',
    '/photo.jpg?width=160&height=90&dpr=2&format=webp',
    '/photo.jpg?width=320&ar=16:9&format=webp',
    '/photo.jpg?width=320&height=180&format=webp&fit=cover&quality=auto',
    '/?key=photo.jpg&width=320&height=180&format=webp',
    '/photo.jpg?rev=1&width=320&height=180&format=webp',
  ]
  test('has one entry for one meaning, however it is spelt', async () => {
    await running.ask('/photo.jpg?width=320&height=180&format=webp')
    const before = running.edge.stats.transformerInvocations
    for (const spelling of spellings) {
      assert.equal((await running.ask(spelling)).headers['x-cache'], 'Hit from cloudfront', spelling)
    }
    assert.equal(running.edge.stats.transformerInvocations, before)
  })
})

suite('the edge, asked by HEAD', () => {
  test('answers a hit with all headers of GET and no body', async () => {
    const get = await running.ask('/photo.jpg?width=640')
    const head = await running.ask('/photo.jpg?width=640', { method: 'HEAD' })
    assert.deepEqual([head.status, head.body.length], [200, 0])
    for (const name of [
      'content-length',
      'content-type',
      'etag',
      'cache-control',
      'x-fovea-key',
      'x-fovea-variant',
    ]) {
      assert(get.headers[name], name)
      assert.equal(head.headers[name], get.headers[name], name)
    }
    assert.equal(head.headers['x-cache'], 'Hit from cloudfront')
  })

  test('answers a miss with the length that GET then has', async () => {
    const head = await running.ask('/photo.jpg?width=800', { method: 'HEAD' })
    const get = await running.ask('/photo.jpg?width=800')
    assert.deepEqual([head.status, head.body.length], [200, 0])
    assert.equal(get.headers['x-cache'], 'Miss from cloudfront')
    assert(get.body.length > 0)
    assert.equal(head.headers['content-length'], get.headers['content-length'])
  })
})

suite('the edge, asked with If-None-Match', () => {
  test('answers 304 without a body where the viewer has it, hit or miss', async () => {
    const { headers } = await running.ask('/photo.jpg?width=320')
    const etag = String(headers.etag)
    for (const ifNoneMatch of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const reply = await running.ask('/photo.jpg?width=320', { headers: { 'if-none-match': ifNoneMatch } })
      assert.deepEqual([reply.status, reply.body.length], [304, 0], ifNoneMatch)
      assert.equal(reply.headers.etag, etag)
      assert.equal(reply.headers['cache-control'], headers['cache-control'])
      assert.equal(reply.headers.vary, headers.vary)
    }
    running.edge.clearCache()
    const missed = await running.ask('/photo.jpg?width=320', { headers: { 'if-none-match': etag } })
    assert.equal(missed.status, 304)
  })

  test('answers 200 where the viewer has something else', async () => {
    const reply = await running.ask('/photo.jpg?width=320', { headers: { 'if-none-match': '"other"' } })
    assert.equal(reply.status, 200)
  })
})

suite('the edge refuses', () => {
  test('a bad value, in the function and without the transformer', async () => {
    const before = { ...running.edge.stats }
    const reply = await running.ask('/photo.jpg?width=9000')
    assert.equal(reply.status, 400)
    assert.equal(reply.headers['content-type'], 'application/problem+json')
    assert.equal(reply.headers['x-cache'], 'FunctionGeneratedResponse from cloudfront')
    assert.equal(readProblem(reply).parameter, 'width')
    const { stats } = running.edge
    assert.equal(stats.transformerInvocations, before.transformerInvocations)
    assert.deepEqual([stats.refused - before.refused, stats.misses - before.misses], [1, 0])
  })

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    test(`${method} as CloudFront does, with 403`, async () => {
      const before = running.edge.stats.transformerInvocations
      const { status, headers } = await running.ask('/photo.jpg?width=200', { method })
      assert.deepEqual([status, headers['x-cache']], [403, 'Error from cloudfront'])
      assert.equal(running.edge.stats.transformerInvocations, before)
    })
  }
})

suite('the edge, asked for itself', () => {
  test('counts in /_fovea/stats', async () => {
    const { status, headers, body } = await running.ask('/_fovea/stats')
    assert.deepEqual([status, headers['content-type']], [200, 'application/json'])
    assert.equal(headers['cache-control'], 'no-store')
    const stats = JSON.parse(body.toString())
    assert.deepEqual(stats, { ...running.edge.stats })
    assert(stats.requests > 50 && stats.hits > 0 && stats.transformerInvocations > 0)
  })

  test('answers 404 under other names', async () => {
    assert.equal((await running.ask('/_fovea/other')).status, 404)
  })
})

suite('the edge after a change', () => {
  test('serves an overwritten original anew once the cache is empty', async () => {
    running.put('change.jpg', await drawPicture(300, 200).jpeg().toBuffer())
    const target = '/change.jpg?width=160&format=webp'
    const first = await running.ask(target)
    running.put('change.jpg', await drawPicture(300, 300).jpeg().toBuffer())
    assert.deepEqual((await running.ask(target)).body, first.body)
    running.edge.clearCache()
    const anew = await running.ask(target)
    assert.equal((await sharp(anew.body).metadata()).height, 160)
    assert.notEqual(anew.headers.etag, first.headers.etag)
  })

  test('serves on after the template is read again, with nothing cached', async () => {
    await running.ask('/photo.jpg?width=200')
    await running.edge.reload()
    const reply = await running.ask('/photo.jpg?width=200')
    assert.deepEqual([reply.status, reply.headers['x-cache']], [200, 'Miss from cloudfront'])
  })
})
