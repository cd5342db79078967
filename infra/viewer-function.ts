import {
  FunctionCode,
  FunctionRuntime,
  KeyValueStore,
  Function as ViewerFunction,
} from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { DecisionSettings } from '../grammar/decide.ts'
import { tagPart } from './cost-tags.ts'
import { readViewerFunctionCode } from './viewer-function-code.ts'

/** Returns the store of what no function must have compiled in. */
export function createKeyValueStore(scope: Construct): KeyValueStore {
  // Security: created empty. Values given here would stand in plain text among the template's assets, and this store is
  // for signing keys; they are written through its own API after the deployment.
  const store = new KeyValueStore(scope, 'KeyValueStore', {
    comment: 'Fovea: signing keys, explain token',
  })
  tagPart('keys', store)
  return store
}

/** Returns the function that decides on every request of a behaviour, its settings compiled in. */
export function createViewerFunction(
  scope: Construct,
  settings: DecisionSettings,
  file: string,
  keyValueStore: KeyValueStore,
): ViewerFunction {
  const viewerFunction = new ViewerFunction(scope, 'ViewerFunction', {
    comment: 'Fovea: turns a request into the canonical URL of a variant',
    code: FunctionCode.fromInline(readViewerFunctionCode(file, settings)),
    runtime: FunctionRuntime.JS_2_0,
    keyValueStore,
  })
  tagPart('delivery', viewerFunction)
  return viewerFunction
}
