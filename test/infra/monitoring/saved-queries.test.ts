import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Match } from 'aws-cdk-lib/assertions'
import { recordFields } from '../../../infra/monitoring/access-logs.ts'
import { prices } from '../../../infra/monitoring/prices.ts'
import { listSavedQueries, type SavedQuery } from '../../../infra/monitoring/saved-queries.ts'
import { defineSettings } from '../../../infra/settings.ts'
import { synthesize } from '../stand-in.ts'

const queries = listSavedQueries(defineSettings().compute.memoryMegabytes)

/** Commands of Logs Insights QL. Source: CloudWatch Logs guide, "Supported commands". */
const commands = ['fields', 'filter', 'limit', 'parse', 'sort', 'stats']

/** What a command calls its results, for the commands after it. */
function listAliases({ commands: lines }: SavedQuery): string[] {
  return lines.flatMap((line) => [...line.matchAll(/ as (\w+)/g)].map(([, alias = '']) => alias))
}

suite('the saved queries', () => {
  test('ask for top misses, costliest originals and the hit ratio by format', () => {
    const names = queries.filter(({ of }) => of === 'requests').map(({ name }) => name)
    for (const name of ['top misses', 'costliest originals', 'hit ratio by format'])
      assert.ok(names.includes(name))
  })

  for (const saved of queries) {
    test(`"${saved.name}" asks for what is logged, in commands that there are`, () => {
      for (const line of saved.commands) assert.ok(commands.includes(/^\w+/.exec(line)?.[0] ?? ''), line)
      const asked = [...saved.commands.join().matchAll(/`([^`]*)`/g)].map(([, field]) => field)
      for (const field of asked) assert.ok((recordFields as readonly unknown[]).includes(field), field)
      assert.equal(asked.length > 0, saved.of === 'requests')
    })

    test(`"${saved.name}" sorts by what it has`, () => {
      const [, by = ''] =
        /^sort (@?\w+) desc$/.exec(saved.commands.find((line) => line.startsWith('sort')) ?? '') ?? []
      assert.ok([...listAliases(saved), '@timestamp'].includes(by), by)
    })
  }

  test('count hits among what could be cached alone', () => {
    for (const { name, commands: lines } of queries.filter((each) => each.name.startsWith('hit ratio'))) {
      assert.match(lines[0] ?? '', /in \["Hit", "RefreshHit", "OriginShieldHit", "Miss"\]/, name)
      assert.match(lines[2] ?? '', /100 \* avg\(hit\)/, name)
    }
  })

  test('tell whose page and which key what is forbidden has, and nothing that is secret', () => {
    const { commands: lines } =
      queries.find(({ name }) => name === 'forbidden by page and key') ?? assert.fail()
    const read = (line: string, text: string) =>
      new RegExp(/\/(.*)\/$/.exec(line)?.[1] ?? '').exec(text)?.groups
    const [page = '', key = ''] = lines.filter((line) => line.startsWith('parse'))
    assert.deepEqual({ ...read(page, 'https://shop.example.com/chairs?a=1') }, { page: 'shop.example.com' })
    assert.deepEqual({ ...read(page, 'https://shop.example.com') }, { page: 'shop.example.com' })
    assert.equal(read(page, '-'), undefined)
    const signed = `w=801&exp=1800000000&kid=k20261123-a1b2&sig=${'s'.repeat(43)}`
    assert.deepEqual({ ...read(key, signed) }, { kid: 'k20261123-a1b2' })
    assert.equal(read(key, 'w=800'), undefined)
    assert.doesNotMatch(lines.join(), /sig/)
  })

  test("price the seconds at the origin by the transformer's memory", () => {
    const costliest = listSavedQueries(3538).find(({ name }) => name === 'costliest originals')
    const [, gigabytes, price] =
      /seconds \* ([\d.]+) \* ([\d.]+) as/.exec(costliest?.commands.join() ?? '') ?? []
    assert.equal(Number(gigabytes), 3538 / 1024)
    assert.equal(Number(price), prices.runTime.dollars)
  })

  test('are in a folder of the deployment, each on its log group', () => {
    const template = synthesize()
    for (const { name, of, commands: lines } of queries) {
      template.hasResourceProperties('AWS::Logs::QueryDefinition', {
        Name: `Fovea/${name}`,
        QueryString: lines.join('\n| '),
        LogGroupNames: [{ Ref: Match.stringLikeRegexp(of === 'requests' ? 'AccessLog' : 'TransformerLog') }],
      })
    }
  })

  test('are those of the transformer alone without access logs', () => {
    const settings = defineSettings({ monitoring: { accessLogs: false } })
    const own = queries.filter(({ of }) => of === 'transformer')
    assert.ok(own.length > 0)
    synthesize({ settings }).resourceCountIs('AWS::Logs::QueryDefinition', own.length)
  })
})
