import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Template } from 'aws-cdk-lib/assertions'
import { formatSettings } from '../../grammar/format-settings.ts'
import { digestPublicKey } from '../../infra/guard-settings.ts'
import { defineSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { createPublicKeyPem, fullSettings, publicKeys } from './full-settings.ts'
import { propertiesOf, synthesize } from './stand-in.ts'

interface Behaviour {
  PathPattern?: string
  Compress?: boolean
  CachePolicyId?: unknown
  TrustedKeyGroups?: { Ref: string }[]
  FunctionAssociations: { EventType: string; FunctionARN: { 'Fn::GetAtt': [string, string] } }[]
  ResponseHeadersPolicyId: { Ref: string }
}

const full = synthesize({ settings: fullSettings })

/** The behaviours of the distribution, the default one last. */
function behavioursOf(template: Template): Behaviour[] {
  const { DistributionConfig: config } = propertiesOf(template, 'AWS::CloudFront::Distribution') as {
    DistributionConfig: { CacheBehaviors?: Behaviour[]; DefaultCacheBehavior: Behaviour }
  }
  return [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior]
}

function propertiesAt(template: Template, id: string) {
  return template.toJSON().Resources[id].Properties
}

/** The code of the function that answers a behaviour's requests. */
function codeOf(template: Template, behaviour: Behaviour | undefined): string {
  assert.equal(behaviour?.FunctionAssociations.length, 1)
  const [association] = behaviour.FunctionAssociations
  assert.equal(association?.EventType, 'viewer-request')
  return propertiesAt(template, association.FunctionARN['Fn::GetAtt'][0]).FunctionCode
}

/** What a behaviour's policy puts in place of the transformer's Cache-Control. */
function cacheControlOf(template: Template, behaviour: Behaviour) {
  const policy = propertiesAt(template, behaviour.ResponseHeadersPolicyId.Ref).ResponseHeadersPolicyConfig
  const items: { Header: string; Value: string; Override: boolean }[] = policy.CustomHeadersConfig.Items
  const item = items.find(({ Header }) => Header === 'Cache-Control')
  return item && [item.Value, item.Override]
}

/** The ids of the public keys that a behaviour trusts; undefined where it trusts everyone. */
function keysOf(template: Template, behaviour: Behaviour): string[] | undefined {
  return behaviour.TrustedKeyGroups?.flatMap(({ Ref }) =>
    propertiesAt(template, Ref).KeyGroupConfig.Items.map((item: { Ref: string }) => item.Ref),
  )
}

function publicKeyIdsOf(template: Template): string[] {
  return Object.keys(template.findResources('AWS::CloudFront::PublicKey'))
}

suite('the behaviours of a deployment that uses everything', () => {
  const behaviours = behavioursOf(full)

  test('are those of the prefixes, the longest first', () => {
    assert.deepEqual(
      behaviours.map(({ PathPattern }) => PathPattern),
      ['/private/press/*', '/paid/samples/*', '/private/*', '/paid/*', '*.svg', undefined],
    )
  })

  test('trust the keys of their prefix, and the others no key', () => {
    const pems = behaviours.map((behaviour) =>
      keysOf(full, behaviour)?.map((id) => propertiesAt(full, id).PublicKeyConfig.EncodedKey),
    )
    assert.deepEqual(pems, [
      [publicKeys.ec],
      undefined,
      [publicKeys.rsa, publicKeys.ec],
      undefined,
      undefined,
      undefined,
    ])
  })

  test('have the function of their prefix, or that of all others', () => {
    const prefixes = ['private/press/', undefined, 'private/', undefined, undefined, undefined]
    prefixes.forEach((prefix, at) => {
      const compiled = formatSettings(viewerFunctionSettings(fullSettings, prefix))
      assert.ok(codeOf(full, behaviours[at]).includes(compiled), `${prefix}`)
    })
  })

  test('let browsers keep what not everyone may have for five minutes', () => {
    const isPrivate = ['private, max-age=300', true]
    assert.deepEqual(
      behaviours.map((behaviour) => cacheControlOf(full, behaviour)),
      [isPrivate, undefined, isPrivate, isPrivate, undefined, undefined],
    )
  })

  test('are alike in everything else, but for how vector graphics are packed', () => {
    const { Compress, CachePolicyId } = behaviours.at(-1) ?? {}
    const unpacked = { Compress, CachePolicyId }
    const shared = behaviours.map((behaviour) => ({
      ...behaviour,
      PathPattern: 0,
      TrustedKeyGroups: 0,
      FunctionAssociations: 0,
      ResponseHeadersPolicyId: 0,
      ...(behaviour.PathPattern === '*.svg' && unpacked),
    }))
    for (const each of shared) assert.deepEqual(each, shared[0])
    assert.ok(Object.keys(shared[0] ?? {}).length > 9)
  })

  test('share one origin, its two permissions and the two of the alias', () => {
    full.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1)
    full.resourcePropertiesCountIs('AWS::Lambda::Permission', { Principal: 'cloudfront.amazonaws.com' }, 4)
  })
})

suite('the response headers of what not everyone may have', () => {
  test('are those of all answers beside Cache-Control', () => {
    const configs = Object.values(full.findResources('AWS::CloudFront::ResponseHeadersPolicy')).map(
      ({ Properties }) => Properties.ResponseHeadersPolicyConfig,
    )
    assert.equal(configs.length, 2)
    const [one, other] = configs.map((config) => ({
      ...config,
      Name: 0,
      Comment: 0,
      CustomHeadersConfig: config.CustomHeadersConfig.Items.filter(
        ({ Header }: { Header: string }) => Header !== 'Cache-Control',
      ),
    }))
    assert.deepEqual(one, other)
  })

  test('are those of the default behaviour where all keys need a signature', () => {
    const template = synthesize({ settings: defineSettings({ access: { '': 'signed' } }) })
    const all = behavioursOf(template)
    assert.deepEqual(
      all.map(({ PathPattern }) => PathPattern),
      ['*.svg', undefined],
    )
    for (const each of all) assert.deepEqual(cacheControlOf(template, each), ['private, max-age=300', true])
    template.resourceCountIs('AWS::CloudFront::ResponseHeadersPolicy', 1)
  })
})

suite('the functions', () => {
  test('are one a guarded prefix and one for the rest, over the one store', () => {
    full.resourceCountIs('AWS::CloudFront::KeyValueStore', 1)
    const functions = Object.values(full.findResources('AWS::CloudFront::Function'))
    assert.equal(functions.length, 3)
    const stores = functions.map(({ Properties }) =>
      JSON.stringify(Properties.FunctionConfig.KeyValueStoreAssociations),
    )
    assert.equal(new Set(stores).size, 1)
    assert.match(stores[0] ?? '', /KeyValueStore/)
  })

  test('have names that differ, of at most 64 characters', () => {
    const guard = { publicKeys: [publicKeys.ec] }
    const prefixes = Array.from({ length: 9 }, (_, at) => [`${'clients-of-ours/'.repeat(5)}${at}/`, guard])
    const settings = defineSettings({ cloudFrontSigned: Object.fromEntries(prefixes) })
    const functions = Object.values(synthesize({ settings }).findResources('AWS::CloudFront::Function'))
    const names = new Set(functions.map(({ Properties }) => Properties.Name))
    assert.equal(names.size, 10)
    for (const name of names) assert.match(name, /^[A-Za-z0-9_-]{1,64}$/)
  })
})

suite('a key group', () => {
  const other = createPublicKeyPem()
  /** The ids of the groups that each guarded prefix trusts, in the order of the behaviours: the longest prefix first. */
  const groupsOf = (guards: Readonly<Record<string, readonly string[]>>) => {
    const cloudFrontSigned = Object.fromEntries(
      Object.entries(guards).map(([prefix, publicKeys]) => [prefix, { publicKeys }]),
    )
    const template = synthesize({ settings: defineSettings({ cloudFrontSigned }) })
    const groups = behavioursOf(template).flatMap(({ TrustedKeyGroups: trusted }) => trusted ?? [])
    return { template, groups: groups.map(({ Ref }) => Ref) }
  }

  test('is one for all prefixes of the same keys, so that nine need no more than a distribution may have', () => {
    const keys = [publicKeys.rsa, publicKeys.ec]
    const nine = Array.from({ length: 9 }, (_, at) => [`p${at}/`, at % 2 ? keys : keys.toReversed()] as const)
    const { template, groups } = groupsOf(Object.fromEntries(nine))
    assert.equal(groups.length, 9)
    assert.equal(new Set(groups).size, 1)
    template.resourceCountIs('AWS::CloudFront::KeyGroup', 1)
  })

  test('is another resource once a key comes or goes, since other prefixes may share it', () => {
    const [before] = groupsOf({ 'a/': [publicKeys.ec], 'b/': [publicKeys.ec] }).groups
    const { template, groups } = groupsOf({ 'a/': [publicKeys.ec, other], 'b/': [publicKeys.ec] })
    assert.equal(groups.length, 2)
    assert.notEqual(groups[0], before)
    assert.equal(groups[1], before)
    const trusted = behavioursOf(template).map((behaviour) => keysOf(template, behaviour)?.length)
    assert.deepEqual(trusted, [2, 1, undefined, undefined])
  })

  test('has a comment of at most 128 characters, however long the prefix', () => {
    const { template } = groupsOf({ [`${'a'.repeat(200)}/`]: [publicKeys.ec] })
    const [group] = Object.values(template.findResources('AWS::CloudFront::KeyGroup'))
    assert.match(group?.Properties.KeyGroupConfig.Comment, /^.{10,128}$/)
  })
})

suite('a public key', () => {
  /** The template of a deployment that trusts these keys. */
  const trusting = (...pems: string[]) =>
    synthesize({ settings: defineSettings({ cloudFrontSigned: { 'private/': { publicKeys: pems } } }) })

  test('is one resource, whoever trusts it', () => {
    assert.equal(publicKeyIdsOf(full).length, 2)
  })

  test('is another resource once it is another key', () => {
    const [before] = publicKeyIdsOf(trusting(publicKeys.ec))
    const [after] = publicKeyIdsOf(trusting(createPublicKeyPem()))
    assert.ok(before && after)
    assert.notEqual(before, after)
  })

  test('stays the same resource, whatever is added, and however its PEM is written', () => {
    const [alone] = Object.entries(trusting(publicKeys.ec).findResources('AWS::CloudFront::PublicKey'))
    const windows = publicKeys.ec.replaceAll('\n', '\r\n')
    const both = trusting(publicKeys.rsa, windows).findResources('AWS::CloudFront::PublicKey')
    assert.equal(Object.keys(both).length, 2)
    assert.deepEqual(both[alone?.[0] ?? ''], alone?.[1])
  })

  test('has its id among the outputs, once for each prefix that it opens', () => {
    const outputs = Object.entries(full.findOutputs('*')).filter(([name]) => name.includes('PublicKeyId'))
    const ec = digestPublicKey(publicKeys.ec)
    const rsa = digestPublicKey(publicKeys.rsa)
    assert.deepEqual(outputs.map(([name]) => name).sort(), [
      `PrivatePressPublicKeyId${ec}`,
      ...[`PrivatePublicKeyId${ec}`, `PrivatePublicKeyId${rsa}`].sort(),
    ])
    for (const [name, { Value, Description }] of outputs) {
      const { EncodedKey } = propertiesAt(full, Value.Ref).PublicKeyConfig
      assert.equal(EncodedKey, name.endsWith(ec) ? publicKeys.ec : publicKeys.rsa)
      assert.match(Description, /^Id of a public key that opens private\//)
    }
  })
})

suite('the template of a deployment that uses everything', () => {
  test('holds no secret', () => {
    const text = JSON.stringify(full.toJSON())
    assert.ok(text.includes('BEGIN PUBLIC KEY'))
    assert.doesNotMatch(text, /PRIVATE KEY|"SecretString"|sign\.[a-z0-9-]/)
  })
})
