import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { before, suite, test } from 'node:test'
import { examples } from '../docs/examples.ts'
import { findOutdated } from '../docs/generate.ts'
import { exampleSettings } from '../docs/outcome.ts'
import { listSettings } from '../docs/settings-page.ts'
import { computeLifetime } from '../edge/cloudfront/freshness.ts'
import { assemblyFolder, stackName } from '../edge/project.ts'
import type { Deployment } from '../edge/template/deployment.ts'
import { readDeployment } from '../edge/template/read-deployment.ts'
import { readTemplate } from '../edge/template/template.ts'
import { edgeErrors } from '../grammar/edge-errors.ts'
import { originErrors } from '../grammar/origin-errors.ts'
import type { ParameterRow } from '../grammar/parameter-row.ts'
import { parameters } from '../grammar/parameters.ts'
import { formatErrorCacheControl } from '../grammar/problem.ts'
import { defineSettings } from '../infra/settings.ts'
import { listProjectFiles, readText, root } from './project-files.ts'

const rows: readonly ParameterRow[] = parameters
const pages = listProjectFiles().filter((path) => path.endsWith('.md'))

suite('the generated documentation', () => {
  test('is what `npx tsx docs/generate.ts` writes', () => {
    assert.deepEqual(findOutdated(), [])
  })

  test('works its examples with the ladder of a deployment that sets none', () => {
    assert.deepEqual(exampleSettings.ladder, defineSettings().ladder)
  })

  for (const { name, spellings } of rows) {
    test(`names ${name} in README and url.md, with all its spellings`, () => {
      for (const page of ['README.md', 'docs/url.md']) {
        const text = readText(page)
        for (const spelling of spellings)
          assert.ok(text.includes(`\`${spelling}\``), `${spelling} in ${page}`)
      }
    })

    test(`has a worked example of ${name}`, () => {
      const named = new RegExp(`[?&](?:${spellings.join('|')})=`, 'i')
      assert.ok(
        Object.values(examples)
          .flat()
          .some(({ request }) => named.test(request)),
        'add one to docs/examples.ts',
      )
    })
  }
})

suite('docs/settings.md', () => {
  const groups = listSettings()
  const documented = (path: string) => groups.find((group) => group.path === path)

  test('has every setting, and every one of each group', () => {
    for (const [name, value] of Object.entries(defineSettings())) {
      assert.ok(
        documented('')?.properties.some((property) => property.name === name),
        name,
      )
      const group = documented(name)
      if (!group) continue
      const names = group.properties.map((property) => property.name)
      assert.deepEqual(names, Object.keys(value ?? {}).length ? Object.keys(value).sort() : names, name)
    }
    for (const path of [
      'compute',
      'delivery',
      'monitoring.thresholds',
      'protection',
      'storage',
      'storage.archive[]',
      "cloudFrontSigned['…']",
    ]) {
      assert.ok(documented(path), path)
    }
  })

  test('says of each that can be left out what it is then', () => {
    const silent = groups.flatMap(({ path, properties }) =>
      properties
        .filter(
          ({ name, text }) =>
            !/\bDefault\b/.test(text) && !documented(name) && !isRequired(`${path}.${name}`),
        )
        .map(({ name }) => `${path}.${name}`),
    )
    assert.deepEqual(silent, [])
  })

  /** What has to be said where its group is said at all. */
  function isRequired(path: string): boolean {
    return [
      "cloudFrontSigned['…'].publicKeys",
      'fallback.key',
      'restoreArchived.days',
      'restoreArchived.tier',
      'delivery.hostedZone.id',
      'delivery.hostedZone.name',
      'fallback.key',
      'restoreArchived.days',
      'restoreArchived.tier',
      'hotlinks.hosts',
      'monitoring.rum.domain',
      'protection.budget.monthlyDollars',
      'secondRegion.region',
      'secondRegion.bucket.name',
      'storage.archive[].afterDays',
      'storage.bucket.name',
    ].includes(path)
  }
})

suite('docs/errors.md', () => {
  let deployment: Deployment
  before(async () => {
    deployment = readDeployment(await readTemplate(assemblyFolder, stackName))
  })

  for (const [code, row] of Object.entries(edgeErrors)) {
    test(`says that CloudFront does not keep ${code} of the edge function`, () => {
      assert.deepEqual(readErrorRow('Of the edge function', code), [String(row.status), 'not cached'])
    })
  }

  for (const [code, row] of Object.entries(originErrors)) {
    test(`says how long CloudFront keeps ${code} of the transformer`, () => {
      const policy = deployment.behaviours[0]?.cachePolicy
      assert.ok(policy)
      const headers = { 'cache-control': formatErrorCacheControl(row.maxAgeSeconds) }
      const lifetime = computeLifetime(row.status, headers, policy, deployment.errorCachingMinSeconds)
      assert.deepEqual(readErrorRow('Of the transformer', code), [
        String(row.status),
        lifetime ? `${lifetime.freshSeconds} s` : 'not cached',
      ])
    })
  }
})

suite('links', () => {
  const links = pages.flatMap((page) =>
    [...readText(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
      .map((target) => ({ page, target })),
  )

  test('are found', () => assert.ok(links.length >= 50, `${links.length} links`))

  for (const page of pages) {
    test(`of ${page} lead to files that are there`, () => {
      const broken = links
        .filter((link) => link.page === page)
        .map(({ target }) => target)
        .filter(
          (target) =>
            !existsSync(join(root, posix.dirname(page), decodeURIComponent(target.split('#')[0] ?? ''))),
        )
      assert.deepEqual(broken, [])
    })

    test(`of ${page} lead to headings that are there`, () => {
      const broken = [...readText(page).matchAll(/\]\(([^)\s:#]*)#([^)\s]+)\)/g)].filter(
        ([, to = '', heading = '']) => {
          const target = to === '' ? page : posix.join(posix.dirname(page), to)
          return target.endsWith('.md') && !listAnchors(target).includes(heading)
        },
      )
      assert.deepEqual(
        broken.map(([link]) => link),
        [],
      )
    })
  }
})

/** The anchors of a page's headings, as GitHub makes them: `## The bill, once` is `the-bill-once`. */
function listAnchors(page: string): string[] {
  return readText(page)
    .split('\n')
    .filter((line) => /^#+ /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    )
}

/** Status and the column about CloudFront of `code`, under the heading `section`. */
function readErrorRow(section: string, code: string): string[] {
  const text =
    readText('docs/errors.md')
      .split(/^## /m)
      .find((part) => part.startsWith(section)) ?? ''
  const line = text.split('\n').find((each) => each.startsWith(`| \`${code}\` |`))
  assert.ok(line, `${code} under ${section}`)
  const [, , status = '', , cloudFront = ''] = line.split('|').map((cell) => cell.trim())
  return [status, cloudFront]
}
