export { FoveaStack } from './fovea-stack.ts'
export { ImagePipeline, type ImagePipelineProps } from './image-pipeline.ts'
// The last is what `fovea explain` compiles settings with, where there is no checkout.
export { defineSettings, type GivenSettings, type Settings, viewerFunctionSettings } from './settings.ts'
