import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { closeEdges, drawPicture, openEdge, type RunningEdge } from './running-edge.ts'

let running: RunningEdge
let picture: Buffer

before(async () => {
  running = await openEdge()
  picture = await drawPicture(60, 40).png().toBuffer()
})

after(closeEdges)

/** Keys, and how their canonical path is spelt. */
const keys: readonly (readonly [key: string, canonical: string])[] = [
  ['plain.png', '/plain.png'],
  ['a/deep/folder/x.png', '/a/deep/folder/x.png'],
  ['with space.png', '/with~20space.png'],
  ['a+b.png', '/a~2Bb.png'],
  ['100%.png', '/100~25.png'],
  ['%41.png', '/~2541.png'],
  ['til~de~20.png', '/til~7Ede~7E20.png'],
  [`it's "quoted".png`, '/it~27s~20~22quoted~22.png'],
  ['(a)!*.png', '/~28a~29~21~2A.png'],
  ['a&b=c?d#e.png', '/a~26b~3Dc~3Fd~23e.png'],
  ['a;b,c:d@e$f.png', '/a~3Bb~2Cc~3Ad~40e~24f.png'],
  ['café.png', '/caf~C3~A9.png'],
  ['cafe\u0301.png', '/cafe~CC~81.png'],
  ['写真/画像.png', '/~E5~86~99~E7~9C~9F/~E7~94~BB~E5~83~8F.png'],
  ['🦅.png', '/~F0~9F~A6~85.png'],
  ['UPPER.PNG', '/UPPER.PNG'],
  ['__proto__', '/__proto__'],
]

suite('the edge finds the original', () => {
  for (const [key, canonical] of keys) {
    test(`${key} by its path, by ?key= and by its canonical URL`, async () => {
      running.put(key, picture)
      const path = `/${key.split('/').map(encodeURIComponent).join('/')}`
      const first = await running.ask(`${path}?width=160&format=png`)
      assert.equal(first.status, 200, first.body.toString())
      assert.equal(first.headers['x-fovea-key'], `${canonical}?rev=1&width=160&format=png`)
      const others = [
        `/?key=${encodeURIComponent(key)}&width=160&format=png`,
        `${path}?w=160&fm=png`,
        String(first.headers['x-fovea-key']),
      ]
      for (const target of others) {
        const reply = await running.ask(target)
        assert.equal(reply.headers['x-cache'], 'Hit from cloudfront', target)
        assert.deepEqual(reply.body, first.body)
      }
    })
  }

  test('with a plus in the path as it is, and as a space in ?key=', async () => {
    running.put('a+b.png', picture)
    running.put('a b.png', picture)
    const path = await running.ask('/a+b.png?width=160&format=png')
    assert.match(String(path.headers['x-fovea-key']), /^\/a~2Bb\.png\?/)
    const query = await running.ask('/?key=a+b.png&width=160&format=png')
    assert.match(String(query.headers['x-fovea-key']), /^\/a~20b\.png\?/)
    assert.deepEqual([path.status, query.status], [200, 200])
  })

  test('of 1024 bytes', async () => {
    // Folders of 200 bytes, which file systems take.
    const folder = `${'x'.repeat(200)}/`
    const key = `${folder.repeat(5)}${'y'.repeat(15)}.png`
    assert.equal(Buffer.byteLength(key), 1024)
    running.put(key, picture)
    assert.equal((await running.ask(`/${key}?width=160`)).status, 200)
  })
})
