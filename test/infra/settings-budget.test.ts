import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { maxFunctionBytes, maxSettingsBytes } from '../../grammar/function-bytes.ts'
import { defaultBuiltFiles } from '../../infra/built-files.ts'
import { defineSettings, type GivenSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { compileSettings } from '../../infra/viewer-function-code.ts'
import { askFunction, type Pairs } from '../viewer-fn/ask-function.ts'
import { readBuiltFile } from '../viewer-fn/run-in-vm.ts'
import { createStack, writeBuiltFiles } from './stand-in.ts'

/** Settings that grow as a deployment does, and what shows that the last of them is there. */
interface Growth {
  /** As the message has it. */
  setting: string
  settings(count: number): GivenSettings
  /** How many fit at least: fewer would be a budget that nobody can live with. */
  atLeast: number
  /** The URL and headers of a request that the last of them decides, and the answer. */
  last(count: number): readonly [url: string, headers: Pairs, answer: RegExp]
}

function list<Value>(count: number, make: (at: number) => Value): Value[] {
  return Array.from({ length: count }, (_, at) => make(at))
}

const growths: Readonly<Record<string, Growth>> = {
  hosts: {
    setting: 'hotlinks',
    settings: (count) => ({ hotlinks: { hosts: list(count, (at) => `shop-${at}.example.com`) } }),
    atLeast: 40,
    last: (count) => [
      '/a.jpg?w=320',
      [
        ['host', 'images.example'],
        ['referer', `https://shop-${count - 1}.example.com/`],
      ],
      /^rev=1&width=320&/,
    ],
  },
  presets: {
    setting: 'presets',
    settings: (count) => ({
      presets: Object.fromEntries(
        list(count, (at) => [`card-${at}`, { width: 300 + at, aspect: '4-3', gravity: 'attention' }]),
      ),
    }),
    atLeast: 15,
    last: (count) => [`/a.jpg?preset=card-${count - 1}`, [], new RegExp(`^rev=1&width=${299 + count}&`)],
  },
  'prefixes of access': {
    setting: 'access',
    settings: (count) => ({
      access: Object.fromEntries(list(count, (at) => [`clients/${at}/`, 'signed' as const])),
    }),
    atLeast: 40,
    last: (count) => [`/clients/${count - 1}/a.jpg?w=320`, [], /^403 needs-signature$/],
  },
}

suite('the settings of the built edge function', () => {
  let built = ''
  before(async () => {
    built = await readBuiltFile()
  })

  /** The function as it is deployed with these, or why there is none. */
  function compile(given: GivenSettings): { code: string } | { refusal: string } {
    const settings = viewerFunctionSettings(defineSettings(given))
    try {
      return { code: compileSettings(built, settings) }
    } catch (error) {
      return { refusal: (error as Error).message }
    }
  }

  for (const [what, { setting, settings, atLeast, last }] of Object.entries(growths)) {
    test(`may be ${atLeast} ${what} and more, the last one works, and what is too much is named`, async () => {
      let count = 1
      while ('code' in compile(settings(count + 1))) count++
      assert.ok(count >= atLeast, `${count} fit`)
      const fitting = compile(settings(count))
      assert.ok('code' in fitting && Buffer.byteLength(fitting.code) <= maxFunctionBytes)
      const [url, headers, answer] = last(count)
      assert.match((await askFunction(fitting.code, url, {}, headers)).answer, answer)
      // A shop with one fewer has not the last.
      const before = compile(settings(count - 1))
      assert.ok('code' in before)
      assert.doesNotMatch((await askFunction(before.code, url, {}, headers)).answer, answer)
      const over = compile(settings(count + 1))
      assert.match(
        'refusal' in over ? over.refusal : '',
        new RegExp(
          `^the edge function is too large: settings 1[5-9]\\d\\d of ${maxSettingsBytes} bytes, ` +
            `code \\d+ of \\d+ bytes; the largest setting is ${setting} with \\d+ bytes$`,
        ),
      )
    })
  }

  test('fail the synthesis where they are too large', () => {
    const { settings } = growths.presets ?? assert.fail()
    const { viewerFunctionFile } = defaultBuiltFiles
    const builtFiles = { ...writeBuiltFiles(), viewerFunctionFile }
    createStack({ builtFiles, settings: defineSettings(settings(10)) })
    assert.throws(() => createStack({ builtFiles, settings: defineSettings(settings(30)) }), {
      message: /^the edge function is too large: .*; the largest setting is presets with \d+ bytes$/,
    })
  })
})
