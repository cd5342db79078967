import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { type BuiltFiles, defaultBuiltFiles } from '../../infra/built-files.ts'
import { FoveaStack } from '../../infra/fovea-stack.ts'
import type { Settings } from '../../infra/settings.ts'
import { readSharpPackages } from '../../infra/sharp-packages.ts'

/** A folder of its own under the system's temporary one, removed when the process ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fovea-infra-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes small files in the place of what the build makes, so that these tests need no build. */
export function writeBuiltFiles(): BuiltFiles {
  const folder = makeFolder()
  write(
    join(folder, 'viewer-fn/index.js'),
    'const FOVEA_SETTINGS=__FOVEA_SETTINGS__;function handler(e){return e.request}',
  )
  write(join(folder, 'lambda/index.js'), 'exports.handler = async () => ({ statusCode: 200 })')
  write(join(folder, 'lambda/package.json'), '{"type":"commonjs"}')
  for (const name of ['freshness', 'keys']) {
    write(join(folder, 'functions', name, 'index.js'), 'exports.handler = async () => {}')
  }
  return {
    viewerFunctionFile: join(folder, 'viewer-fn/index.js'),
    lambdaFolder: join(folder, 'lambda'),
    functionsFolder: join(folder, 'functions'),
    lockFile: defaultBuiltFiles.lockFile,
  }
}

/** Writes the manifests of what `npm run package` installs: all that anything here looks at. */
export function writePackages(builtFiles: BuiltFiles): void {
  for (const { name, version } of readSharpPackages(builtFiles.lockFile)) {
    write(
      join(builtFiles.lambdaFolder, 'node_modules', name, 'package.json'),
      JSON.stringify({ name, version }),
    )
  }
}

/** A stack over stand-ins. `outdir` is where its cloud assembly goes. */
export function createStack(
  options: { settings?: Settings; builtFiles?: BuiltFiles; outdir?: string } = {},
): FoveaStack {
  const app = new App({ outdir: options.outdir ?? makeFolder(), analyticsReporting: false })
  return new FoveaStack(app, 'Fovea', {
    ...options.settings,
    builtFiles: options.builtFiles ?? writeBuiltFiles(),
  })
}

/** The template of such a stack. */
export function synthesize(options: Parameters<typeof createStack>[0] = {}): Template {
  return Template.fromStack(createStack(options))
}

/** All stacks of such an app: one, and another in us-east-1 where what it needs must be there. */
export function listStacks(
  options: Parameters<typeof createStack>[0] = {},
): { name: string; region: string; template: object }[] {
  const app = createStack(options).node.root
  if (!(app instanceof App)) throw new Error('expected an App at the root')
  return app.synth().stacks.map(({ stackName, environment, template }) => ({
    name: stackName,
    region: environment.region,
    template,
  }))
}

/** The template of the stack of this name beside `stack`, in its app. */
export function templateBeside(stack: FoveaStack, id: string): Template {
  const beside = stack.node.root.node.tryFindChild(id)
  if (!(beside instanceof Stack)) throw new Error(`expected a stack ${id} but found none`)
  return Template.fromStack(beside)
}

/** The properties of the one resource of this type; fails when there is none or more than one. */
export function propertiesOf(template: Template, type: string): Record<string, unknown> {
  template.resourceCountIs(type, 1)
  const [resource] = Object.values(template.findResources(type))
  return resource?.Properties
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
