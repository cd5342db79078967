import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, suite, test } from 'node:test'
import type { LambdaAccount } from '../../infra/lambda-account.ts'
import { defineSettings } from '../../infra/settings.ts'
import type { Command } from '../../signer/cli/command.ts'
import { createDeployCommand, deployOptions } from '../../tools/deployment/deploy-command.ts'
import { createDestroyCommand, destroyOptions } from '../../tools/deployment/destroy-command.ts'
import { createDiffCommand, diffOptions } from '../../tools/deployment/diff-command.ts'
import { readStacks } from '../../tools/deployment/read-stacks.ts'
import type { Program, Rim } from '../../tools/deployment/rim.ts'
import { splitArguments } from '../../tools/deployment/split-arguments.ts'
import { synthesizeSettings } from '../edge/assembly.ts'
import { root } from '../project-files.ts'
import { runTool } from './run-tool.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-deployment-'))
let assembly: string
/** Programs that were run, in order. */
let ran: (readonly [Program, ...string[]])[]

before(() => {
  assembly = synthesizeSettings(new URL('deployment.config.ts', import.meta.url))
})

beforeEach(() => {
  ran = []
})

after(() => {
  for (const each of [assembly, folder]) rmSync(each, { recursive: true, force: true })
})

const spacious: LambdaAccount = {
  readLimits: async () => ({ total: 1000, unreserved: 1000 }),
  readReserved: async () => 0,
}

/** An account that answers with an error of AWS's name. */
function refusingAccount(name: string): LambdaAccount {
  const refuse = async () => {
    throw Object.assign(new Error('for a reason'), { name })
  }
  return { readLimits: refuse, readReserved: refuse }
}

/** A rim that notes what is run instead of running it, over a template that was synthesized. */
function createRim(given: Partial<Rim> = {}): Rim {
  return {
    loadSettings: async () => defineSettings({ region: 'eu-west-1' }),
    openAccount: () => spacious,
    run: async (program, argv) => {
      ran.push([program, ...argv])
      return 0
    },
    assembly,
    outputsFile: join(folder, 'outputs.json'),
    ...given,
  }
}

const tools = {
  deploy: [createDeployCommand, deployOptions],
  diff: [createDiffCommand, diffOptions],
  destroy: [createDestroyCommand, destroyOptions],
} as const

function run(name: keyof typeof tools, argv: readonly string[], rim: Rim) {
  const [create, options]: readonly [(rim: Rim, passed: readonly string[]) => Command, object] = tools[name]
  const { own, passed } = splitArguments(argv, { ...options })
  return runTool(create(rim, passed), own)
}

suite('npm run deploy', () => {
  test('packages, synthesizes and deploys every stack, and passes on what is the CDK’s', async () => {
    const { code, err } = await run(
      'deploy',
      ['--yes', '--hotswap', '-c', 'a=b', '--profile', 'live'],
      createRim(),
    )
    assert.equal(code, 0, err)
    assert.deepEqual(ran, [
      ['npm', 'run', 'package'],
      ['synth'],
      [
        'cdk',
        'deploy',
        '--all',
        '--outputs-file',
        join(folder, 'outputs.json'),
        '--require-approval',
        'never',
        '--profile',
        'live',
        '--hotswap',
        '-c',
        'a=b',
      ],
    ])
  })

  test('leaves the question about permissions to the CDK without --yes', async () => {
    await run('deploy', [], createRim())
    assert.ok(!ran.at(-1)?.includes('--require-approval'))
  })

  test('tells the stacks, and the regions that must be bootstrapped', async () => {
    const { err } = await run('deploy', [], createRim())
    assert.match(err, /^Stack Fovea in eu-west-1$/m)
    assert.match(err, /^Stack FoveaProtection in us-east-1$/m)
    assert.match(err, /^Bootstrapped these regions must be: (?=.*eu-west-1)(?=.*us-east-1)/m)
  })

  test('tells what comes next, with the names of this deployment', async () => {
    const outputs = {
      Fovea: {
        BucketName: 'fovea-originals',
        DistributionDomainName: 'd111.cloudfront.net',
        FunctionUrl: 'https://abc.lambda-url.eu-west-1.on.aws/',
      },
      FoveaMonitoring: { AppMonitorId: 'x' },
    }
    const rim = createRim()
    const { out } = await run('deploy', [], {
      ...rim,
      run: async (program, argv) => {
        if (program === 'cdk') writeFileSync(rim.outputsFile, JSON.stringify(outputs))
        return rim.run(program, argv)
      },
    })
    assert.match(out, /aws s3 cp chair\.jpg s3:\/\/fovea-originals\/products\/chair\.jpg/)
    assert.match(
      out,
      /npm run smoke -- https:\/\/d111\.cloudfront\.net --url-key products\/chair\.jpg --function-url https:\/\/abc\.lambda-url\.eu-west-1\.on\.aws\/$/m,
    )
  })

  for (const name of ['CredentialsProviderError', 'ExpiredTokenException', 'UnrecognizedClientException']) {
    test(`says what to do about ${name}, and touches nothing`, async () => {
      const { code, err } = await run('deploy', [], createRim({ openAccount: () => refusingAccount(name) }))
      assert.deepEqual([code, ran], [1, []])
      assert.match(
        err,
        new RegExp(`expected AWS credentials but received ${name}: .*aws configure sso.*AWS_PROFILE`),
      )
    })
  }

  test('goes on where the quotas may not be asked, and says so', async () => {
    const openAccount = () => refusingAccount('AccessDeniedException')
    const { code, err } = await run('deploy', [], createRim({ openAccount }))
    assert.deepEqual([code, ran.length], [0, 3])
    assert.match(err, /^Note: the account's quotas were not checked: lambda:GetAccountSettings/m)
  })

  test('builds nothing that the account would refuse', async () => {
    const loadSettings = async () => defineSettings({ compute: { reservedConcurrency: 50 } })
    const readLimits = async () => ({ total: 10, unreserved: 10 })
    const readReserved = async (name: string) => (name === 'mine' ? 150 : 0)
    const rim = createRim({ loadSettings, openAccount: () => ({ readLimits, readReserved }) })
    const { code, err } = await run('deploy', [], rim)
    assert.deepEqual([code, ran], [1, []])
    assert.match(err, /compute\.reservedConcurrency asks for 50, at most 0 can be had/)
    assert.equal((await run('deploy', ['--function', 'mine'], rim)).code, 0)
  })

  test('names the settings file that is refused', () => {
    const file = join(folder, 'refused.config.mjs')
    const infra = join(root, 'infra/settings.ts')
    writeFileSync(
      file,
      `import { defineSettings } from '${infra}'\nexport default defineSettings({ ladder: [640, 320] })\n`,
    )
    const tool = join(root, 'tools/deployment.ts')
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', tool, 'deploy'], {
      cwd: root,
      env: { ...process.env, FOVEA_CONFIG: file },
      encoding: 'utf8',
    })
    assert.equal(status, 1)
    assert.match(stderr, /^npm run deploy: .*refused\.config\.mjs: expected rising whole widths .*\n$/)
  })

  test('asks the account of the profile, in the settings’ region', async () => {
    const asked: unknown[] = []
    const openAccount = (...given: unknown[]) => {
      asked.push(given)
      return spacious
    }
    await run('deploy', ['--profile=live'], createRim({ openAccount }))
    assert.deepEqual(asked, [['eu-west-1', 'live']])
  })

  test('asks the account in the second region too, where no sandboxes are provisioned', async () => {
    const loadSettings = async () =>
      defineSettings({
        region: 'eu-west-1',
        secondRegion: { region: 'eu-central-1' },
        compute: { provisionedConcurrency: 2, reservedConcurrency: 50 },
      })
    const readReserved = async (name: string) => (name === 'there' ? 150 : 0)
    const openAccount = (region: string): LambdaAccount => ({
      readLimits: async () =>
        region === 'eu-west-1' ? { total: 1000, unreserved: 1000 } : { total: 10, unreserved: 10 },
      readReserved,
    })
    const rim = createRim({ loadSettings, openAccount })
    const { code, err } = await run('deploy', [], rim)
    assert.deepEqual([code, ran], [1, []])
    assert.match(err, /in eu-central-1.*compute\.reservedConcurrency asks for 50, at most 0 can be had/)
    assert.doesNotMatch(err, /in eu-west-1/)
    assert.equal((await run('deploy', ['--second-function', 'there'], rim)).code, 0)
  })

  for (const program of ['npm', 'synth', 'cdk'] as const) {
    test(`ends where ${program} fails`, async () => {
      const rim = createRim()
      const fails: Rim['run'] = async (each, argv) => {
        await rim.run(each, argv)
        return each === program ? 3 : 0
      }
      const { code, err, out } = await run('deploy', [], { ...rim, run: fails })
      assert.deepEqual([code, out, ran.at(-1)?.[0]], [1, '', program])
      assert.match(err, /to end with 0 but received 3/)
      if (program === 'cdk') assert.match(err, /npx cdk bootstrap .*aws:\/\/ACCOUNT\/us-east-1/)
    })
  }
})

suite('npm run diff', () => {
  test('packages, or the CDK would refuse, and changes nothing', async () => {
    const { code } = await run('diff', ['--strict'], createRim())
    assert.equal(code, 0)
    assert.deepEqual(ran, [['npm', 'run', 'package'], ['synth'], ['cdk', 'diff', '--strict']])
  })

  test('passes on that the CDK failed', async () => {
    const rim = createRim({ run: async (program) => (program === 'cdk' ? 1 : 0) })
    assert.equal((await run('diff', [], rim)).code, 1)
  })
})

suite('npm run destroy', () => {
  const destroyed = () => ran.some(([program]) => program === 'cdk')

  test('removes once the stack’s name was typed, and says what stays', async () => {
    let question = ''
    const ask = async (text: string) => {
      question = text
      return 'Fovea\n'
    }
    const { code, err } = await run('destroy', [], createRim({ ask }))
    assert.equal(code, 0, err)
    assert.deepEqual(ran, [['npm', 'run', 'build'], ['synth'], ['cdk', 'destroy', '--all', '--force']])
    assert.match(question, /^To remove .*FoveaProtection.*, type Fovea: $/)
    assert.equal(
      err.match(/^Stays: AWS::S3::Bucket \w+ of Fovea, eu-west-1, with all that is in it$/gm)?.length,
      2,
    )
  })

  for (const answer of ['', 'fovea', 'yes', 'FoveaProtection']) {
    test(`removes nothing where ‘${answer}’ was typed`, async () => {
      const { code, err } = await run('destroy', [], createRim({ ask: async () => answer }))
      assert.deepEqual([code, destroyed()], [1, false])
      assert.match(err, /expected Fovea: nothing was removed/)
    })
  }

  test('asks nobody with --yes', async () => {
    const ask = () => assert.fail('asked')
    assert.equal((await run('destroy', ['--yes'], createRim({ ask }))).code, 0)
    assert.ok(destroyed())
  })

  test('refuses without a terminal and without --yes', async () => {
    const { code } = await run('destroy', [], createRim())
    assert.deepEqual([code, ran], [2, []])
  })
})

suite('what the deployment tools stand on', () => {
  test('the template names its stacks, regions and what stays', () => {
    const stacks = readStacks(assembly)
    assert.ok(stacks.length >= 2)
    const retained = stacks.flatMap((stack) => stack.retained.map(({ type }) => type))
    assert.equal(retained.filter((type) => type === 'AWS::S3::Bucket').length, 2)
  })

  test('the CDK is the one that the lock file names', () => {
    const script = `import { processRim } from './tools/deployment/rim.ts'; process.exit(await processRim.run('cdk', ['--version']))`
    const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
    })
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    assert.equal(out.split(' ')[0], lock.packages['node_modules/aws-cdk'].version)
  })

  for (const name of ['deploy', 'diff']) {
    test(`npm run ${name} without credentials says so, and ends`, () => {
      const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', name], {
        cwd: root,
        encoding: 'utf8',
        // Nothing of this machine's, and no metadata service asked.
        env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' },
      })
      assert.equal(status, 1)
      assert.equal(stdout, '')
      assert.match(
        stderr,
        new RegExp(`^npm run ${name}: expected AWS credentials but received CredentialsProviderError`, 'm'),
      )
    })
  }

  test('what is the tool’s own is taken out, with its value, and the rest keeps its order', () => {
    const { own, passed } = splitArguments(
      ['--a', '1', '--yes', '--profile', 'p', '-v', '--function=f', '--no-rollback', '-h'],
      deployOptions,
    )
    assert.deepEqual(own, ['--yes', '--profile', 'p', '--function=f', '--help'])
    assert.deepEqual(passed, ['--a', '1', '-v', '--no-rollback'])
  })
})
