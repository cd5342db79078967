import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { suite, test } from 'node:test'
import { readDeployment } from '../../../edge/template/read-deployment.ts'
import { createEcKey, createRsaKey, signingKeys } from '../cloudfront/signing-keys.ts'
import { distributionOf, doctorTemplate, type Raw } from './doctored-template.ts'

const rsa = signingKeys.KRSA.publicKey
const ec = signingKeys.KEC.publicKey

function publicKeyResource(EncodedKey: unknown): Raw {
  const PublicKeyConfig = { CallerReference: 'test', Name: 'test', EncodedKey }
  return { Type: 'AWS::CloudFront::PublicKey', Properties: { PublicKeyConfig } }
}

function keyGroupResource(...Items: unknown[]): Raw {
  return { Type: 'AWS::CloudFront::KeyGroup', Properties: { KeyGroupConfig: { Name: 'test', Items } } }
}

/** The behaviours of the project's template with `resources` in it, and a behaviour `/private/*` that trusts `groups`. */
async function readBehaviours(resources: Raw, groups: unknown) {
  const template = await doctorTemplate((find, raw) => {
    Object.assign(raw.Resources, resources)
    const config = distributionOf(find)
    const guarded = { ...config.DefaultCacheBehavior, PathPattern: '/private/*', TrustedKeyGroups: groups }
    config.CacheBehaviors = [guarded]
  })
  return readDeployment(template).behaviours
}

suite('readTrustedKeys', () => {
  test('gives a behaviour the keys of its groups by logical id, and no other behaviour any', async () => {
    const resources = {
      First: publicKeyResource(rsa),
      Second: publicKeyResource(ec),
      Third: publicKeyResource(signingKeys.KOTHER.publicKey),
      Untrusted: publicKeyResource(createRsaKey().publicKey),
      Group: keyGroupResource({ Ref: 'First' }, { Ref: 'Second' }),
      Other: keyGroupResource({ 'Fn::GetAtt': ['Third', 'Id'] }, { Ref: 'First' }),
      Idle: keyGroupResource({ Ref: 'Untrusted' }),
    }
    const groups = [{ Ref: 'Group' }, { 'Fn::GetAtt': ['Other', 'Id'] }]
    const [guarded, ...others] = await readBehaviours(resources, groups)
    assert.equal(guarded?.pathPattern, '/private/*')
    assert.deepEqual([...(guarded.trustedKeys?.keys() ?? [])], ['First', 'Second', 'Third'])
    assert(guarded.trustedKeys?.get('First')?.equals(createPublicKey(rsa)))
    assert(guarded.trustedKeys?.get('Second')?.equals(createPublicKey(ec)))
    assert(others.length > 0 && others.every(({ trustedKeys }) => trustedKeys === undefined))
  })

  test('takes an empty list for no key groups', async () => {
    const [first] = await readBehaviours({}, [])
    assert.equal(first?.trustedKeys, undefined)
  })

  test('guards a behaviour whose group has no keys', async () => {
    const [guarded] = await readBehaviours({ Group: keyGroupResource() }, [{ Ref: 'Group' }])
    assert.equal(guarded?.trustedKeys?.size, 0)
  })

  const pkcs1 = createPublicKey(rsa).export({ type: 'pkcs1', format: 'pem' })
  const unusable: readonly (readonly [what: string, key: unknown, names: RegExp])[] = [
    ['RSA with 1024 bits', createRsaKey(1024).publicKey, /but received rsa 1024$/],
    ['RSA with 4096 bits', createRsaKey(4096).publicKey, /but received rsa 4096$/],
    ['ECDSA with P-384', createEcKey('secp384r1').publicKey, /but received ec secp384r1$/],
    ['ECDSA with secp256k1', createEcKey('secp256k1').publicKey, /but received ec secp256k1$/],
    ['a private key', signingKeys.KRSA.privateKey, /but received BEGIN PRIVATE KEY$/],
    ['PKCS #1', pkcs1, /but received BEGIN RSA PUBLIC KEY$/],
    ['a broken key', rsa.replace(/\n[\w+/]{64}\n/, '\n'), /but received one that cannot be read$/],
    ['base64 alone', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A', /but received another text$/],
    ['no text', 5, /expected a text but received 5$/],
  ]
  for (const [what, key, names] of unusable) {
    test(`refuses ${what}, naming the resource`, async () => {
      const resources = { Good: publicKeyResource(ec), Bad: publicKeyResource(key) }
      const Group = keyGroupResource({ Ref: 'Good' }, { Ref: 'Bad' })
      await assert.rejects(readBehaviours({ ...resources, Group }, [{ Ref: 'Group' }]), ({ message }) => {
        assert.match(message, /^Bad\.PublicKeyConfig\.EncodedKey: expected/)
        assert.match(message, names)
        return true
      })
    })
  }

  const misled: readonly (readonly [what: string, resources: Raw, groups: unknown, names: RegExp])[] = [
    ['a group of another template', {}, ['d1e2f3'], /d1e2f3/],
    [
      'a key of another template',
      { Group: keyGroupResource('K2JCJMDEHXQW5F') },
      [{ Ref: 'Group' }],
      /K2JCJMDEHXQW5F/,
    ],
    ['a reference that leads nowhere', {}, [{ Ref: 'Nowhere' }], /TrustedKeyGroups\[0\].*Nowhere/],
    [
      'a key in the place of a group',
      { Key: publicKeyResource(rsa) },
      [{ Ref: 'Key' }],
      /^Key: expected AWS::CloudFront::KeyGroup/,
    ],
    [
      'a group in the place of a key',
      { Group: keyGroupResource({ Ref: 'Group' }) },
      [{ Ref: 'Group' }],
      /^Group: expected AWS::CloudFront::PublicKey/,
    ],
    ['no list', {}, 'Group', /TrustedKeyGroups: expected a list/],
  ]
  for (const [what, resources, groups, names] of misled) {
    test(`refuses ${what}, naming it`, async () => {
      await assert.rejects(readBehaviours(resources, groups), { message: names })
    })
  }
})
