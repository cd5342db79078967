import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import { groupOf } from '../../../../edge/playground/page/controls/control-groups.ts'
import { type ControlPlan, planControl } from '../../../../edge/playground/page/controls/plan-control.ts'
import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { type ParameterName, parameters } from '../../../../grammar/parameters.ts'
import {
  askFor,
  needsChromium,
  type OpenPlayground,
  openAllControls,
  openPlaygroundPage,
  readUrl,
  waitForAnswer,
} from './open-page.ts'

const rows: readonly ParameterRow[] = parameters

/** What is typed where no word and no number can be chosen. */
const typed: Readonly<Record<NonNullable<ControlPlan['shape']>, string>> = {
  ratio: '3-2',
  box: '0_0_100_100',
  point: '0.3_0.7',
  colour: '3a6ea5',
  tag: 'abc',
  text: 'marks/logo.png',
}

suite('each control of the page', needsChromium, () => {
  let open: OpenPlayground
  before(async () => {
    open = await openPlaygroundPage()
    await openAllControls(open.page)
  })
  after(() => open?.close())

  test('is there: one for each parameter of the table', async () => {
    const names = await open.page.evaluate(
      `[...document.querySelectorAll('[data-parameter]')].map((each) => each.dataset.parameter)`,
    )
    assert.deepEqual([...(names as string[])].sort(), rows.map(({ name }) => name).sort())
    assert.ok(rows.length > 35)
  })

  for (const row of rows) {
    test(`writes ${row.name}, and the picture or its refusal follows`, async () => {
      const { page } = open
      await askFor(page, '/photo.jpg?width=160')
      await chooseSomething(page, row)
      await waitForAnswer(page)
      const url = await readUrl(page)
      assert.ok(new RegExp(`[?&]${row.name}=.`).test(url), url)
      const refusal = page.locator('.refusal')
      if ((await refusal.count()) === 0) {
        assert.equal(await page.locator('.stage-body img, .stage-body pre').first().isVisible(), true, url)
        return
      }
      const beside = page.locator('.control-refusal')
      assert.equal(await beside.count(), 1, `${url}: ${await refusal.innerText()}`)
      assert.ok(await beside.isVisible())
      assert.ok((await beside.innerText()).length > 10)
    })
  }

  test('had nothing to complain of', () => assert.deepEqual(open.complaints, []))
})

/** Moves the control as a person would: the first of its words, or something typed. */
async function chooseSomething(page: Page, row: ParameterRow): Promise<void> {
  const control = page.locator(`[data-parameter="${row.name}"]`)
  assert.ok(groupOf[row.name as ParameterName])
  const plan = planControl(row)
  const checkbox = control.locator('input[type="checkbox"]')
  const select = control.locator('select')
  const segment = control.locator('.segment').first()
  if (row.name === 'width') await control.locator('input[type="text"]').fill('200')
  else if (await checkbox.count()) await checkbox.check()
  else if (await control.locator('input[type="range"]').count())
    await control.locator('input[type="range"]').press('PageUp')
  else if (await select.count()) await select.selectOption({ index: 1 })
  else if (await segment.count()) await segment.click()
  else await control.locator('input[type="text"]').fill(typed[plan.shape ?? 'text'])
}
