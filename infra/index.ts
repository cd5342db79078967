export { FoveaStack } from './fovea-stack.ts'
export { ImagePipeline, type ImagePipelineProps } from './image-pipeline.ts'
export { defineSettings, type GivenSettings, type Settings } from './settings.ts'
