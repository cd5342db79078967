import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import {
  askFor,
  keepScreenshot,
  needsChromium,
  type OpenPlayground,
  openAllControls,
  openPlaygroundPage,
} from './open-page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Findings {
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[]
  passes: unknown[]
}

const screens = [375, 1440] as const
const schemes = ['light', 'dark'] as const

suite('the page of the playground, to everyone', needsChromium, () => {
  let open: OpenPlayground
  before(async () => {
    open = await openPlaygroundPage()
  })
  after(() => open?.close())

  for (const width of screens) {
    for (const colorScheme of schemes) {
      test(`has no violation of axe-core’s rules at ${width} px, ${colorScheme}`, async () => {
        const page = await open.open({
          viewport: { width, height: 900 },
          colorScheme,
          reducedMotion: 'reduce',
        })
        await page.evaluate(axe)
        await expectNone(page)
        await keepScreenshot(page, `picture-${width}-${colorScheme}`)
        await openAllControls(page)
        await page.locator('.help .more').first().click()
        await expectNone(page)
        await askFor(page, '/photo.jpg?width=9000')
        await page.locator('.refusal').waitFor()
        await expectNone(page)
        await keepScreenshot(page, `refusal-${width}-${colorScheme}`, true)
        await page.context().close()
      })
    }
  }

  for (const width of [375, 820, 1440, 1920]) {
    test(`is never wider than a window of ${width} px`, async () => {
      const page = await open.open({ viewport: { width, height: 900 } })
      const key = 'a-key-without-any-place-to-break-it-'.repeat(6)
      await askFor(page, `/${key}?width=160`)
      await page.locator('.refusal').waitFor()
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      await page.context().close()
    })
  }

  test('can be used by keys alone: Tab reaches the URL, the divider and the controls, which show the focus', async () => {
    const { page } = open
    await page.keyboard.press('Tab')
    const reached = new Set<string>()
    for (let presses = 0; presses < 60; presses++) {
      reached.add(
        await page.evaluate(
          `document.activeElement.id || document.activeElement.className || document.activeElement.tagName`,
        ),
      )
      await page.keyboard.press('Tab')
    }
    for (const part of ['skip', 'request-url', 'request-viewer', 'divider', 'parameter-width']) {
      assert.ok(reached.has(part), `${part} in ${[...reached].join(', ')}`)
    }
    await page.locator('#request-url').focus()
    assert.match(await page.evaluate(`getComputedStyle(document.activeElement).outline`), /solid 2px/)
  })
})

async function expectNone(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const findings: Findings = await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(tags)} })`)
  assert.ok(findings.passes.length > 20, `${findings.passes.length} rules had something to look at`)
  const violations = findings.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${impact}) ${target.join(' ')}: ${failureSummary}`),
  )
  assert.deepEqual(violations, [])
}
