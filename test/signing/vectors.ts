import type { SigningVectors } from '../../docs/signing-vectors.ts'
import { readText } from '../project-files.ts'

/** docs/signing-vectors.json. */
export const signing: SigningVectors = JSON.parse(readText('docs/signing-vectors.json'))
