import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { signCloudFrontCookies } from '../../signer/cloudfront/sign-cookies.ts'
import { signCloudFrontUrl } from '../../signer/cloudfront/sign-url.ts'
import { synthesizeSettings } from './assembly.ts'
import { createEcKey, createRsaKey, type SigningKey } from './cloudfront/signing-keys.ts'
import { closeEdges, drawPicture, openEdge, type Reply, type RunningEdge } from './running-edge.ts'

// What a user does: keys into the settings, the template that is synthesized of them, URLs and cookies of the signer's.

const keys = { first: createRsaKey(), second: createEcKey() }
let assembly: string
let running: RunningEdge
let origin: string

before(async () => {
  process.env.GUARDED_PREFIX_KEYS = JSON.stringify([keys.first.publicKey, keys.second.publicKey])
  assembly = synthesizeSettings(new URL('guarded-prefix.config.ts', import.meta.url))
  running = await openEdge({ assembly, sandboxes: 1 })
  origin = running.edge.url.replace('localhost', '127.0.0.1')
  const picture = await drawPicture(90, 60).jpeg().toBuffer()
  for (const folder of ['private', 'private/press', 'members', 'marks'])
    running.put(`${folder}/a.jpg`, picture)
})

after(async () => {
  await closeEdges()
  rmSync(assembly, { recursive: true, force: true })
})

/** The id of a key, which the local edge has from the template. */
function idOf({ publicKey }: SigningKey): string {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'Fovea.template.json'), 'utf8'))
  const found = Object.entries<{ Properties?: { PublicKeyConfig?: { EncodedKey: string } } }>(Resources).find(
    ([, { Properties }]) => Properties?.PublicKeyConfig?.EncodedKey === publicKey,
  )
  assert.ok(found)
  return found[0]
}

const signing = (key: SigningKey) => ({
  keyPairId: idOf(key),
  privateKey: key.privateKey,
  expiresAt: new Date(Date.now() + 600_000),
})

/** Asks with cookies for `folder`, or without any. */
function ask(target: string, folder?: string, key = keys.second): Promise<Reply> {
  const resource = `${origin}/${folder}*`
  const values = folder === undefined ? {} : signCloudFrontCookies({ resource, ...signing(key) }).values
  const cookie = Object.entries(values).map((pair) => pair.join('='))
  return running.ask(target, { headers: cookie.length > 0 ? { cookie: cookie.join('; ') } : {} })
}

function askSigned(target: string, key: SigningKey): Promise<Reply> {
  const url = signCloudFrontUrl({ url: `${origin}${target}`, ...signing(key) })
  return running.ask(url.slice(origin.length))
}

const codeOf = ({ body }: Reply) => /<Code>(\w+)|"code":"([\w-]+)"/.exec(body.toString())?.slice(1).join('')

suite('a guarded prefix', () => {
  test('is open to URLs and cookies of each of its keys, which share one cached object', async () => {
    const replies = [
      await askSigned('/private/a.jpg?width=60', keys.first),
      await askSigned('/private/a.jpg?width=60', keys.second),
      await ask('/private/a.jpg?width=60', 'private/', keys.first),
      await ask('/private/a.jpg?w=60', 'private/a.jpg'),
    ]
    assert.deepEqual(
      replies.map(({ status, headers }) => [status, headers['x-cache'], headers['cache-control']]),
      replies.map((_, at) => [200, `${at ? 'Hit' : 'Miss'} from cloudfront`, 'private, max-age=300']),
    )
  })

  test('is shut to keys of another prefix, and to cookies of another folder', async () => {
    assert.equal((await askSigned('/private/press/a.jpg', keys.second)).status, 200)
    assert.equal(codeOf(await askSigned('/private/press/a.jpg', keys.first)), 'InvalidKey')
    assert.equal(codeOf(await ask('/private/press/a.jpg', 'private/', keys.first)), 'InvalidKey')
    assert.equal(codeOf(await ask('/members/a.jpg', 'private/')), 'AccessDenied')
    assert.equal(codeOf(await ask('/members/a.jpg')), 'MissingKey')
  })

  test('lets who has a cookie ask for what its access says', async () => {
    assert.equal((await ask('/private/a.jpg?blur=3', 'private/')).status, 200)
    assert.equal(codeOf(await ask('/members/a.jpg?blur=3', 'members/')), 'needs-signature')
  })

  test('is shut once the signature has ended, and a refusal is not remembered', async () => {
    assert.equal(codeOf(await ask('/members/a.jpg?width=160')), 'MissingKey')
    assert.equal((await ask('/members/a.jpg?width=160', 'members/')).status, 200)
    const url = signCloudFrontUrl({ url: `${origin}/members/a.jpg?width=160`, ...signing(keys.first) })
    const target = url.slice(origin.length)
    assert.equal((await running.ask(target)).status, 200)
    running.advance(601)
    assert.equal(codeOf(await running.ask(target)), 'AccessDenied')
    running.advance(-601)
  })

  // With the right to all of `private/` too, but for `/private/a.jpg` itself no spelling is that key in a behaviour that checks it.
  for (const spelling of [
    ...['/?key=private/a.jpg', '/?key=private%2Fa.jpg', '/marks/a.jpg?key=private/a.jpg'],
    ...['/~70rivate/a.jpg', '/~70rivate/a.jpg?rev=1&format=auto', '/%7E70rivate/a.jpg?rev=1&format=auto'],
    ...['/private%2Fa.jpg', '/private%2fa.jpg', '//private/a.jpg', '/.//private/a.jpg', '/private//a.jpg'],
    ...['/x/../private/a.jpg', '/x/%2e%2E/private/a.jpg', '/private/x/../a.jpg', '/private/./a.jpg'],
    ...['/Private/a.jpg', '/PRIVATE/a.jpg', '/private\\a.jpg', '/private;/a.jpg', '/%2570rivate/a.jpg'],
    ...['/marks/a.jpg?overlay=private/a.jpg', '/~70rivate/a.svg?rev=1&format=auto', '/private/a.jpg/'],
    ...['/private/../members/a.jpg', '/private/%2e%2e/members/a.jpg', '/private/x?key=members/a.jpg'],
    ...['/private/~70ress/a.jpg?rev=1&format=auto', '/private/press%2Fa.jpg', '/private/?key=private/a.jpg'],
  ]) {
    test(`has no other way in by ${spelling}`, async () => {
      for (const folder of [undefined, 'private/', 'members/', '']) {
        const { status, body, headers } = await ask(spelling, folder)
        assert.ok([400, 403, 404].includes(status), `${folder}: ${status} ${headers['x-fovea-key']}`)
        assert.doesNotMatch(String(headers['content-type']), /^image/)
        if (status === 404) assert.doesNotMatch(body.toString(), /"private\/a.jpg"|"members\/a.jpg"/)
      }
    })
  }

  test('is one key in any spelling of a letter, which needs cookies that cover it as sent', async () => {
    assert.equal((await ask('/%70rivate/a.jpg?width=60')).status, 403)
    assert.equal(codeOf(await ask('/%70rivate/a.jpg?width=60', 'private/')), 'AccessDenied')
    const reply = await ask('/%70rivate/a.jpg?width=60', '%70rivate/')
    assert.deepEqual([reply.status, reply.headers['x-cache']], [200, 'Hit from cloudfront'])
    assert.equal(reply.headers['cache-control'], 'private, max-age=300')
  })
})
