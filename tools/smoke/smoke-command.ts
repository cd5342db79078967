import { type Command, type Context, type GivenArguments, UsageError } from '../../signer/cli/command.ts'
import { readGivenSecret, secretNote, secretOptions } from '../../signer/cli/secret-sources.ts'
import { createSigner } from '../../signer/create-signer.ts'
import { openClient } from '../ask.ts'
import { readBaseUrl } from '../base-url.ts'
import { readWholeOption } from '../whole-option.ts'
import { type AccessMode, accessModes, askUsual, createNonce, type Probe } from './probe.ts'
import { type Outcome, runChecks } from './run-checks.ts'

/** What `npm start` serves, and what docs/deploy.md uploads first. */
const defaultKey = 'products/example.jpg'

/** `npm run smoke`. */
export const smokeCommand: Command = {
  name: 'smoke',
  start: 'npm run smoke --',
  purpose: 'Check a deployment from outside, as browsers see it',
  operand: 'https://DOMAIN',
  options: {
    'url-key': {
      placeholder: 'KEY',
      text: `of an original that is there; may be repeated (default ${defaultKey})`,
      multiple: true,
    },
    width: { placeholder: 'PIXELS', text: 'a step of the ladder (default 640)' },
    access: {
      placeholder: 'MODE',
      text: `what the settings say of that key: ${accessModes.join(', ')} (default bounded)`,
    },
    'function-url': { placeholder: 'URL', text: 'the output FunctionUrl, which must answer nobody' },
    kid: { placeholder: 'KID', text: 'id of a signing key (default: FOVEA_KID)' },
    ...secretOptions,
    'hotlink-from': { placeholder: 'URL', text: 'a page that the settings do not let show images' },
  },
  notes: [
    'Prints ✓ or ✗ for each check, – for one that lacks an option. It makes at most four variants of each key, and one cached 404.',
    secretNote,
  ],
  async run(given, context) {
    const probe = await readProbe(given, context)
    const keys = given.texts('url-key').length > 0 ? given.texts('url-key') : [defaultKey]
    const json = given.flag('json')
    try {
      const reports: { key: string; checks: Outcome[] }[] = []
      for (const key of keys) {
        if (!json) context.print(`${probe.base}, ${key}`)
        await expectOriginal({ ...probe, key })
        const tell = (outcome: Outcome) => json || context.print(formatOutcome(outcome))
        reports.push({ key, checks: await runChecks({ ...probe, key }, tell) })
      }
      const made = reports.flatMap((report) => report.checks).filter(({ ok }) => ok !== undefined)
      const failed = made.filter(({ ok }) => !ok).length
      if (json) context.print(JSON.stringify({ base: probe.base, failed, reports }))
      else context.print(`${made.length - failed} of ${made.length} as expected`)
      return failed === 0 ? 0 : 1
    } finally {
      probe.client.close()
    }
  },
}

/** Says at once what would make nearly every check fail. */
async function expectOriginal(probe: Probe): Promise<void> {
  const { status, headers } = await askUsual(probe)
  if (status === 200) return
  const code = headers['x-fovea-error'] ?? 'no x-fovea-error'
  throw new Error(
    `expected 200 for ${probe.key} at width ${probe.width} but received ${status} (${code}): upload an original, name one with --url-key, or say its --access`,
  )
}

/** One line for a person. */
export function formatOutcome({ name, expected, ok, received }: Outcome): string {
  if (ok === undefined) return `– ${name}: not checked, needs ${received}`
  return `${ok ? '✓' : '✗'} ${name}: expected ${expected}; received ${received}`
}

async function readProbe(given: GivenArguments, context: Context): Promise<Probe> {
  const base = readBaseUrl('the deployment', given.operand)
  const access = readAccess(given.text('access') ?? 'bounded')
  const secret = await readGivenSecret(given, context)
  const kid = given.text('kid') ?? (context.environment.FOVEA_KID || undefined)
  if ((secret === undefined) !== (kid === undefined)) {
    throw new UsageError('expected --kid or FOVEA_KID together with --secret-file or FOVEA_SECRET')
  }
  if (access === 'signed' && secret === undefined) {
    throw new UsageError('expected --kid and a secret beside --access signed')
  }
  return {
    base,
    key: defaultKey,
    width: readWholeOption(given, 'width', 640, 16, 8191),
    access,
    nonce: createNonce(),
    signer:
      secret === undefined || kid === undefined
        ? undefined
        : createSigner({ secret, kid, baseUrl: base, now: context.now, expiresInSeconds: 600 }),
    functionUrl: readUrlOption(given, 'function-url'),
    otherPage: readUrlOption(given, 'hotlink-from'),
    client: openClient(),
  }
}

function readAccess(text: string): AccessMode {
  const mode = accessModes.find((each) => each === text)
  if (mode) return mode
  throw new UsageError(`--access: expected ${accessModes.join(', ')} but received ${text}`)
}

function readUrlOption(given: GivenArguments, name: string): string | undefined {
  const text = given.text(name)
  if (text === undefined || /^https?:\/\/[^/\s]+/i.test(text)) return text
  throw new UsageError(`--${name}: expected a URL but received ${text}`)
}
