import { answerParent } from '../../bench/child.ts'

// Says back what it is told, fails, or ends.

answerParent(async (request: { say?: string; end?: true }) => {
  if (request.end) process.exit(3)
  if (request.say === undefined) throw new Error('nothing to say')
  return { said: request.say }
})
