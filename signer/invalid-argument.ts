/**
 * The one way an argument is refused: `expected X for NAME but received Y`. What was received is quoted to 80 characters;
 * never give it a secret.
 */
export function invalidArgument(name: string, expected: string, received: unknown): Error {
  return new Error(`expected ${expected} for ${name} but received ${describeReceived(received)}`)
}

function describeReceived(received: unknown): string {
  switch (typeof received) {
    case 'string':
      return `'${received.slice(0, 80)}'`
    case 'object':
      return Array.isArray(received) ? 'a list' : received ? 'an object' : 'null'
    case 'function':
      return 'a function'
    default:
      return String(received)
  }
}
