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
      return received === null ? 'null' : Array.isArray(received) ? 'a list' : 'an object'
    case 'function':
    case 'symbol':
      return `a ${typeof received}`
    default:
      return String(received)
  }
}
