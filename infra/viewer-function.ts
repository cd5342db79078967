import {
  FunctionCode,
  FunctionRuntime,
  KeyValueStore,
  Function as ViewerFunction,
} from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import { type Settings, viewerFunctionSettings } from './settings.ts'
import { readViewerFunctionCode } from './viewer-function-code.ts'

/** The function that decides on every request, and the store of what it must not have compiled in. */
export interface ViewerFunctionParts {
  readonly viewerFunction: ViewerFunction
  readonly keyValueStore: KeyValueStore
}

/** Returns the edge function, with its settings compiled in, and its store. */
export function createViewerFunction(
  scope: Construct,
  settings: Settings,
  file: string,
): ViewerFunctionParts {
  // Security: created empty. Values given here would stand in plain text among the template's assets, and this store is
  // for signing keys; they are written through its own API after the deployment.
  const keyValueStore = new KeyValueStore(scope, 'KeyValueStore', {
    comment: 'Fovea: signing keys, explain token',
  })
  const viewerFunction = new ViewerFunction(scope, 'ViewerFunction', {
    comment: 'Fovea: turns a request into the canonical URL of a variant',
    code: FunctionCode.fromInline(readViewerFunctionCode(file, viewerFunctionSettings(settings))),
    runtime: FunctionRuntime.JS_2_0,
    keyValueStore,
  })
  return { viewerFunction, keyValueStore }
}
