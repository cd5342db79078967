import { defaultMaxLifetimeSeconds } from '../expiry.ts'
import { removeExplainToken, setExplainToken } from '../keys/explain-token.ts'
import { listKeys, newKey, retireKey, rotateKey } from '../keys/signing-keys.ts'
import type { Command, Context, GivenArguments } from './command.ts'
import { readDuration } from './duration.ts'
import { keyStoreOptions, withKeyStore } from './key-store-choice.ts'
import { keepSecret, secretOutputOptions } from './secret-output.ts'
import { formatTable } from './table.ts'

const credentialsNote = 'Credentials are those of the AWS SDK: environment, profile or role.'
const onceNote = 'The secret is shown this once: the store gives it to nobody but the edge function.'

const kidOption = { kid: { placeholder: 'KID', text: 'id of the key, [a-z0-9-]{1,32} (default: of today)' } }

/** Commands over the signing keys and the explain token in a KeyValueStore. */
export const keysCommands: readonly Command[] = [
  {
    name: 'keys new',
    purpose: 'Make a signing key, beside those that are there',
    operand: '',
    options: { ...kidOption, ...secretOutputOptions, ...keyStoreOptions },
    notes: [onceNote, credentialsNote],
    async run(given, context) {
      const key = await withKeyStore(given, context, (store) =>
        keepSecret(given, context, () => newKey(store, { kid: given.text('kid'), now: context.now })),
      )
      return printResult(given, context, key)
    },
  },
  {
    name: 'keys list',
    purpose: 'List the signing keys, with nothing secret about them',
    operand: '',
    options: keyStoreOptions,
    notes: [credentialsNote],
    async run(given, context) {
      const { kids, hasExplainToken } = await withKeyStore(given, context, listKeys)
      if (given.flag('json')) context.print(JSON.stringify({ kids, hasExplainToken }))
      else for (const kid of kids) context.print(kid)
      if (kids.length === 0) context.note('There are no signing keys: fovea keys new')
      if (!given.flag('json')) context.note(`There is ${hasExplainToken ? 'an' : 'no'} explain token.`)
      return 0
    },
  },
  {
    name: 'keys rotate',
    purpose: 'Make a signing key, and tell when the older ones may be retired',
    operand: '',
    options: {
      ...kidOption,
      'max-lifetime': {
        placeholder: 'DURATION',
        text: 'how long the settings let a signed URL live (default 7d)',
      },
      ...secretOutputOptions,
      ...keyStoreOptions,
    },
    notes: [
      'The older keys stay: URLs signed with them are good until they end. Give the new key to whoever signs, then retire the older ones.',
      onceNote,
      credentialsNote,
    ],
    async run(given, context) {
      const lifetime = given.text('max-lifetime')
      const maxLifetimeSeconds =
        lifetime === undefined ? defaultMaxLifetimeSeconds : readDuration('max-lifetime', lifetime)
      const options = { kid: given.text('kid'), now: context.now, maxLifetimeSeconds }
      const rotation = await withKeyStore(given, context, (store) =>
        keepSecret(given, context, () => rotateKey(store, options)),
      )
      return printResult(given, context, rotation)
    },
  },
  {
    name: 'keys retire',
    purpose: 'Take a signing key away: every URL signed with it is refused from then on',
    operand: 'KID',
    options: {
      force: { text: 'even the last one, without which nothing signed is served' },
      ...keyStoreOptions,
    },
    notes: [credentialsNote],
    async run(given, context) {
      const remaining = await withKeyStore(given, context, (store) =>
        retireKey(store, given.operand, { force: given.flag('force') }),
      )
      return printResult(given, context, { retired: given.operand, remaining })
    },
  },
  {
    name: 'keys explain-token',
    purpose: 'Set the token with which the edge explains its answers, in place of one that is there',
    operand: '',
    options: {
      remove: { text: 'take it away instead: nobody is explained anything' },
      ...secretOutputOptions,
      ...keyStoreOptions,
    },
    notes: ['Use it as FOVEA_EXPLAIN_TOKEN with fovea explain --remote.', credentialsNote],
    async run(given, context) {
      if (given.flag('remove')) {
        const removed = await withKeyStore(given, context, removeExplainToken)
        return printResult(given, context, { removed })
      }
      const kept = await withKeyStore(given, context, (store) =>
        keepSecret(given, context, async () => ({ secret: await setExplainToken(store) })),
      )
      const { secret: token, secretFile } = kept
      return printResult(given, context, { token, secretFile })
    },
  },
]

/** Prints a result by name; an empty list is `none`, what is undefined is left out. */
function printResult(given: GivenArguments, { print }: Context, result: object): number {
  if (given.flag('json')) print(JSON.stringify(result))
  else {
    const entries = Object.entries(result).filter(([, value]) => value !== undefined)
    print(formatTable(entries.map(([name, value]) => [formatName(name), formatValue(value)])))
  }
  return 0
}

function formatName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none'
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}
