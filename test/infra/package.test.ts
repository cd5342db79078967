import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { buildInfra } from '../../infra/build.ts'
import { defaultBuiltFiles, lockExtract } from '../../infra/built-files.ts'
import { readSharpPackages } from '../../infra/sharp-packages.ts'
import { testConsumerTypes } from '../consumer-types.ts'
import { root } from '../project-files.ts'
import { makeFolder } from './stand-in.ts'

const exec = promisify(execFile)

/** What a project of the CDK that depends on the package writes. */
const app = `
import { App, Stack } from 'aws-cdk-lib'
import { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { type GivenSettings, ImagePipeline } from 'fovea/infra'

const app = new App({ outdir: process.argv[2], analyticsReporting: false })
const stack = new Stack(app, 'Site', { env: { region: 'eu-west-1' } })
new ImagePipeline(stack, 'Images')

const settings: GivenSettings = { access: { 'paid/': 'signed' }, compute: { tracing: true } }
const more = new ImagePipeline(stack, 'More', { ...settings, distribution: 'none' })
// @ts-expect-error a typo
void (() => new ImagePipeline(stack, 'Typo', { compute: { traicing: true } }))
const site = new Distribution(stack, 'Site', { defaultBehavior: { origin: new HttpOrigin('example.com') } })
more.attachTo(site, 'images/')
const arn: string = more.bucket.bucketArn
app.synth()
console.log(typeof arn, more.packaged)
`

suite('the package’s construct', () => {
  const folder = makeFolder()

  before(async () => {
    // In a folder of its own, since other tests build and read those of the repository meanwhile.
    const staged = join(folder, 'package')
    await buildInfra(join(staged, 'build/infra'))
    for (const path of ['package.json', 'build/viewer-fn', 'build/lambda', 'build/functions', 'build/cli']) {
      await cp(join(root, path), join(staged, path), { recursive: true })
    }
    const packed = await exec('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: staged,
      maxBuffer: 1e8,
    })
    const [{ filename }]: [{ filename: string }] = JSON.parse(packed.stdout)
    const installed = join(folder, 'node_modules/fovea')
    await mkdir(installed, { recursive: true })
    await exec('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1'])
    for (const name of ['aws-cdk-lib', 'constructs', '@types']) {
      await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
    }
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder, 'app.ts'), app)
  })

  testConsumerTypes(() => folder, 'app.ts', true)

  test('synthesizes in a project that has it, with the edge function and the Lambda found beside it', async () => {
    await exec(join(root, 'node_modules/.bin/esbuild'), [
      join(folder, 'app.ts'),
      '--format=esm',
      `--outfile=${join(folder, 'app.js')}`,
    ])
    const outdir = join(folder, 'cdk.out')
    const { stdout } = await exec(process.execPath, [join(folder, 'app.js'), outdir], { cwd: folder })
    assert.match(stdout, /^string (true|false)\n$/)
    const template: { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } =
      JSON.parse(await readFile(join(outdir, 'Site.template.json'), 'utf8'))
    const resources = Object.values(template.Resources)
    const codes = resources
      .filter(({ Type }) => Type === 'AWS::CloudFront::Function')
      .map(({ Properties }) => String(Properties.FunctionCode))
    assert.equal(codes.length, 2)
    for (const code of codes) assert.ok(code.length > 5000 && code.length <= 10_240, `${code.length} bytes`)
    const assets = JSON.parse(await readFile(join(outdir, 'Site.assets.json'), 'utf8'))
    const paths = Object.values<{ source: { path: string } }>(assets.files).map(({ source }) => source.path)
    const lambda = paths.find((path) => path.startsWith('asset.'))
    const bundle = await readFile(join(outdir, lambda ?? '', 'index.js'), 'utf8')
    assert.equal(bundle, await readFile(join(root, 'build/lambda/index.js'), 'utf8'))
  })

  test('compiles the settings of such a project for its fovea explain', async () => {
    await writeFile(
      join(folder, 'images.config.js'),
      "import { defineSettings } from 'fovea/infra'\nexport default defineSettings({ ladder: [111] })\n",
    )
    const cli = join(folder, 'node_modules/fovea/build/cli/fovea.js')
    const argv = [cli, 'explain', '/a.jpg?w=100', '--config', 'images.config.js', '--json']
    const { stdout } = await exec(process.execPath, argv, { cwd: folder })
    assert.equal(JSON.parse(stdout).canonical, '/a.jpg?rev=1&width=111&format=auto.avif')
  })

  test('knows of the lock file, which npm does not pack, all that it reads there', () => {
    const known = readSharpPackages(join(folder, 'node_modules/fovea', relative(root, lockExtract)))
    assert.ok(known.length >= 5, `${known.length} packages`)
    assert.deepEqual(known, readSharpPackages(defaultBuiltFiles.lockFile))
  })
})
