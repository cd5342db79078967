/**
 * Whether an event has, at each place of a rule's pattern, one of the values that stand there. Only exact texts are played.
 * Source: EventBridge user guide, "Event pattern basics".
 *
 * @throws Error for a pattern with anything else.
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) {
    const other = pattern.find((value) => typeof value !== 'string')
    if (other !== undefined) {
      throw new Error(`EventPattern: the local edge does not play ${JSON.stringify(other)}`)
    }
    return pattern.includes(event)
  }
  const fields = (event ?? {}) as Record<string, unknown>
  return Object.entries(pattern as object).every(([name, part]) => matchesPattern(part, fields[name]))
}
