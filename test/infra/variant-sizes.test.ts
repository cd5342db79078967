import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { defaultBuiltFiles } from '../../infra/built-files.ts'
import { viewerFunctionSettings } from '../../infra/settings.ts'
import { readViewerFunctionCode } from '../../infra/viewer-function-code.ts'
import { variants } from './variants.ts'

/** Bytes of a CloudFront Function, which no quota request can raise. Source: CloudFront developer guide, "Quotas". */
const maxBytes = 10_240

suite('the built edge function', () => {
  for (const [kind, settings] of Object.entries(variants)) {
    for (const prefix of [undefined, ...Object.keys(settings.cloudFrontSigned)]) {
      test(`fits CloudFront in what is ${kind}, for ${prefix ?? 'all keys'}`, () => {
        const code = readViewerFunctionCode(
          defaultBuiltFiles.viewerFunctionFile,
          viewerFunctionSettings(settings, prefix),
        )
        const bytes = Buffer.byteLength(code)
        assert.ok(bytes > 5_000 && bytes <= maxBytes, `${bytes} bytes`)
      })
    }
  }
})
