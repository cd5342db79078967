import { findUnexpected } from './address.ts'
import type { Answer } from './answer.ts'
import { answerError } from './answer-error.ts'
import type { Archive } from './archive.ts'
import { openObject } from './folder.ts'

export interface RestoreQuestion {
  /** The folder's real path. */
  root: string
  key: string
  query: Record<string, string[]>
  /** XML. */
  body: string
  archive: Archive
  /** What an error shows besides code and message. */
  detail: Record<string, string>
}

/** Answers RestoreObject: 202 where it begins a restore, 200 where it prolongs one that is done. */
export async function answerRestore(question: RestoreQuestion): Promise<Answer> {
  const { root, key, query, body, archive, detail } = question
  const unexpected = findUnexpected(query, ['restore'])
  if (unexpected !== undefined) return answerError('NotImplemented', { ...detail, Parameter: unexpected })
  const opened = await openObject(root, key)
  if (!opened.found) return answerError(opened.code, { Key: key, ...detail })
  await opened.handle.close()
  const read = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]
  const request = { days: Number(read('Days')), tier: read('Tier') ?? 'Standard' }
  const verdict = archive.restore(key, opened.metadata.storageClass, request)
  return typeof verdict === 'number' ? { status: verdict, headers: {} } : answerError(verdict, detail)
}
