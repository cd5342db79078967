import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Command } from '../../signer/cli/command.ts'
import { listOptions } from '../../signer/cli/command.ts'
import { runCli } from '../../signer/cli/run-cli.ts'
import { createDeployCommand } from '../../tools/deployment/deploy-command.ts'
import { createDestroyCommand } from '../../tools/deployment/destroy-command.ts'
import { createDiffCommand } from '../../tools/deployment/diff-command.ts'
import { processRim } from '../../tools/deployment/rim.ts'
import { smokeCommand } from '../../tools/smoke/smoke-command.ts'
import { createWarmCommand } from '../../tools/warm/warm-command.ts'
import { listProjectFiles, readText } from '../project-files.ts'

const tools: readonly Command[] = [
  smokeCommand,
  createWarmCommand(process.stderr),
  createDeployCommand(processRim, []),
  createDiffCommand(processRim, []),
  createDestroyCommand(processRim, []),
]

/** Options of the CDK that the documentation passes on. */
const passedOn = ['no-rollback']

const documentation = listProjectFiles()
  .filter((path) => path.endsWith('.md'))
  .map(readText)
  .join('\n')

/** What stands in code, of `text`: from `start` to the end of its line or of its quotation. */
function findInCode(start: RegExp): string[] {
  return [...documentation.matchAll(new RegExp(`${start.source}[^\`\\n]*`, 'g'))].map(([text]) => text)
}

suite('the documentation of the tools', () => {
  for (const command of tools) {
    test(`names only options that npm run ${command.name} has`, () => {
      const uses = findInCode(new RegExp(`npm run ${command.name} -- `))
      if (['smoke', 'warm', 'deploy'].includes(command.name)) assert.ok(uses.length > 0)
      const named = uses.flatMap((text) =>
        [...text.matchAll(/ --([a-z][\w-]*)/g)].map(([, name = '']) => name),
      )
      const known = [...Object.keys(listOptions(command)), ...(command.withoutJson ? passedOn : [])]
      assert.deepEqual(
        named.filter((name) => !known.includes(name)),
        [],
      )
    })

    test(`has npm run ${command.name}, which says what it needs`, () => {
      assert.ok(documentation.includes(`npm run ${command.name}`))
      assert.ok(command.notes.length > 0)
    })
  }

  test('names only commands that fovea has', async () => {
    const uses = findInCode(/npx fovea /)
    const names = new Set(uses.map((text) => /^npx fovea (keys [a-z-]+|[a-z]+)/.exec(text)?.[1] ?? text))
    assert.ok(names.size >= 4, [...names].join(', '))
    for (const name of names) {
      const code = await runCli([...name.split(' '), '--help'], {
        environment: {},
        folder: '.',
        now: Date.now,
        print: () => {},
        note: () => {},
      })
      assert.equal(code, 0, name)
    }
  })
})
