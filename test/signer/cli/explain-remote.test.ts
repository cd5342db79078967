import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, suite, test } from 'node:test'
import { askEdge, signedOnly } from '../test-signer.ts'
import { makeFolder, removeFolders, run } from './run.ts'

after(removeFolders)

suite('fovea explain --remote', () => {
  const token = 'Tk3v0qXgq2mT5yP8cN7wBhJ4rLdS9aUeVf1iKoR6xQs'

  /** An edge that explains itself to who has the token: with the code of the edge function. */
  async function startEdge() {
    const server = createServer((request, response) => {
      const decision = askEdge(request.url ?? '', { settings: { ...signedOnly, access: [['', 'bounded']] } })
      if (request.headers['x-fovea-explain'] === token) {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(decision))
        return
      }
      response.statusCode = decision.refusal ? 403 : 200
      if (decision.refusal) response.setHeader('x-fovea-error', 'needs-signature')
      response.end('picture')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    after(() => server.close())
    return `http://localhost:${(server.address() as AddressInfo).port}`
  }

  test('shows what the edge says', async () => {
    const edge = await startEdge()
    const environment = { FOVEA_EXPLAIN_TOKEN: token }
    const folder = await makeFolder()
    const { code, out } = await run(['explain', `${edge}/a.jpg?w=300`, '--remote'], { environment, folder })
    assert.equal(code, 0)
    assert.match(out, /^the edge says\ncanonical {6}\/a\.jpg\?rev=1&width=320&format=auto\.avif$/m)
    const refused = await run(['explain', `${edge}/a.jpg?crop=1_1_1_1`, '--remote'], { environment, folder })
    assert.equal(refused.code, 1)
    assert.match(refused.out, /^bounds {9}needs-signature: expected .*, received crop=1_1_1_1$/m)
  })

  test('says that a wrong token got the ordinary answer', async () => {
    const edge = await startEdge()
    const environment = { FOVEA_EXPLAIN_TOKEN: 'wrong-token' }
    const folder = await makeFolder()
    const { code, out, err } = await run(['explain', `${edge}/a.jpg?w=300`, '--remote'], {
      environment,
      folder,
    })
    assert.equal(code, 1)
    assert.match(
      out,
      /did not explain itself: it gave the ordinary answer \(200\), as it does for a wrong token/,
    )
    assert.ok(!(out + err).includes('wrong-token'))
    const argv = ['explain', `${edge}/a.jpg?crop=1_1_1_1`, '--remote', '--json']
    const { remote } = JSON.parse((await run(argv, { environment, folder })).out)
    assert.deepEqual(remote, { explained: false, status: 403, error: 'needs-signature' })
  })

  for (const url of ['http://img.example.com/a.jpg', '/a.jpg', 'http://localhost.evil.example/a.jpg']) {
    test(`does not send the token to ${url}`, async () => {
      const environment = { FOVEA_EXPLAIN_TOKEN: token }
      const { code, err } = await run(['explain', url, '--remote'], {
        environment,
        folder: await makeFolder(),
      })
      assert.equal(code, 1)
      assert.match(err, /expected a URL of https:\/\/ or http:\/\/localhost/)
      assert.ok(!err.includes(token))
    })
  }

  test('says who did not answer', async () => {
    const environment = { FOVEA_EXPLAIN_TOKEN: token }
    const { code, err } = await run(['explain', 'http://localhost:9/a.jpg', '--remote'], {
      environment,
      folder: await makeFolder(),
    })
    assert.equal(code, 1)
    assert.match(err, /expected an answer of localhost:9 but received/)
    assert.ok(!err.includes(token))
  })
})
