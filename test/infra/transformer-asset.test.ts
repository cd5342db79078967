import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { App } from 'aws-cdk-lib'
import { readSharpPackages } from '../../infra/sharp-packages.ts'
import { hashTransformer, isPackaged } from '../../infra/transformer-asset.ts'
import { createStack, makeFolder, writeBuiltFiles, writePackages } from './stand-in.ts'

/** A copy of the lock file in which `change` has changed the text. */
function writeLockFile(lockFile: string, change: (text: string) => string): string {
  const text = readFileSync(lockFile, 'utf8')
  const changed = change(text)
  assert.notEqual(changed, text)
  const file = join(makeFolder(), 'package-lock.json')
  writeFileSync(file, changed)
  return file
}

suite('readSharpPackages', () => {
  test('lists sharp, its dependencies and the binaries for the Lambda, and no other platform', () => {
    const names = readSharpPackages(writeBuiltFiles().lockFile).map(({ name }) => name)
    assert.deepEqual(names, [
      '@img/colour',
      '@img/sharp-libvips-linux-arm64',
      '@img/sharp-linux-arm64',
      'detect-libc',
      'semver',
      'sharp',
    ])
  })
})

suite('hashTransformer', () => {
  test('is the same for the same files', () => {
    const [a, b] = [writeBuiltFiles(), writeBuiltFiles()]
    assert.equal(hashTransformer(a.lambdaFolder, a.lockFile), hashTransformer(b.lambdaFolder, b.lockFile))
  })

  test('changes with the bundle', () => {
    const { lambdaFolder, lockFile } = writeBuiltFiles()
    const before = hashTransformer(lambdaFolder, lockFile)
    writeFileSync(join(lambdaFolder, 'index.js'), 'exports.handler = 1')
    assert.notEqual(hashTransformer(lambdaFolder, lockFile), before)
  })

  for (const name of ['sharp', '@img/sharp-linux-arm64', '@img/sharp-libvips-linux-arm64']) {
    test(`changes with the integrity of ${name} in the lock file`, () => {
      const { lambdaFolder, lockFile } = writeBuiltFiles()
      const { integrity } = readSharpPackages(lockFile).find((locked) => locked.name === name) ?? {}
      assert.ok(integrity)
      const other = writeLockFile(lockFile, (text) => text.replace(integrity, 'sha512-other'))
      assert.notEqual(hashTransformer(lambdaFolder, other), hashTransformer(lambdaFolder, lockFile))
    })
  }

  test('does not change when other packages of the lock file do', () => {
    const { lambdaFolder, lockFile } = writeBuiltFiles()
    const other = writeLockFile(lockFile, (text) => text.replace('"name": "fovea"', '"name": "else"'))
    assert.equal(hashTransformer(lambdaFolder, other), hashTransformer(lambdaFolder, lockFile))
  })

  test('does not change when node_modules is added', () => {
    const builtFiles = writeBuiltFiles()
    const before = hashTransformer(builtFiles.lambdaFolder, builtFiles.lockFile)
    writePackages(builtFiles)
    assert.ok(existsSync(join(builtFiles.lambdaFolder, 'node_modules/sharp')))
    assert.equal(hashTransformer(builtFiles.lambdaFolder, builtFiles.lockFile), before)
  })

  test('says to build first when there is no bundle', () => {
    const { lockFile } = writeBuiltFiles()
    assert.throws(() => hashTransformer(makeFolder(), lockFile), { message: /run `npm run build` first/ })
  })
})

suite('isPackaged', () => {
  test('tells a folder with sharp from one without', () => {
    const builtFiles = writeBuiltFiles()
    assert.equal(isPackaged(builtFiles.lambdaFolder, builtFiles.lockFile), false)
    writePackages(builtFiles)
    assert.equal(isPackaged(builtFiles.lambdaFolder, builtFiles.lockFile), true)
  })

  test('is false without the binary for the Lambda', () => {
    const builtFiles = writeBuiltFiles()
    writePackages(builtFiles)
    rmSync(join(builtFiles.lambdaFolder, 'node_modules/@img/sharp-linux-arm64'), { recursive: true })
    assert.equal(isPackaged(builtFiles.lambdaFolder, builtFiles.lockFile), false)
  })

  test('is false with another version than the lock file has', () => {
    const builtFiles = writeBuiltFiles()
    writePackages(builtFiles)
    const manifest = join(builtFiles.lambdaFolder, 'node_modules/sharp/package.json')
    writeFileSync(manifest, '{"name":"sharp","version":"0.1.0"}')
    assert.equal(isPackaged(builtFiles.lambdaFolder, builtFiles.lockFile), false)
  })
})

suite('the staged asset', () => {
  test('holds sharp after packaging, even where an unpackaged one was staged before', () => {
    const builtFiles = writeBuiltFiles()
    const outdir = makeFolder()
    const synthesizeInto = (): string => {
      const app = createStack({ builtFiles, outdir }).node.root
      assert.ok(app instanceof App)
      app.synth()
      const bundle = readFileSync(join(builtFiles.lambdaFolder, 'index.js'), 'utf8')
      const staged = readdirSync(outdir)
        .filter((name) => name.startsWith('asset.'))
        .filter((name) => readFileSync(join(outdir, name, 'index.js'), 'utf8') === bundle)
      assert.equal(staged.length, 1)
      return join(outdir, staged[0] ?? '')
    }
    assert.equal(isPackaged(synthesizeInto(), builtFiles.lockFile), false)
    mkdirSync(join(builtFiles.lambdaFolder, 'node_modules'))
    writePackages(builtFiles)
    assert.equal(isPackaged(synthesizeInto(), builtFiles.lockFile), true)
  })
})
