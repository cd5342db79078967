import { KeyStoreError, type KeyStoreErrorCode } from './key-store-error.ts'

/** Names under which AWS and the SDK refuse credentials, some of them with another status than 403. */
const refusals =
  /^(?:AccessDenied|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|ExpiredToken|RequestExpired|CredentialsProvider|TokenProvider)/

/**
 * What an error of the client means. Of the client's own error only text is kept: the object leads to the request, which holds a secret.
 *
 * @param secret what was sent; it is taken out of the text.
 */
export function translateError(error: unknown, arn: string, secret?: string): KeyStoreError {
  const { name, message, code, status } = readError(error)
  const report = (kind: KeyStoreErrorCode, text: string) =>
    new KeyStoreError(kind, secret ? text.replaceAll(secret, '…') : text)
  if (status === 401 || status === 403 || refusals.test(name)) {
    return report('denied', `expected credentials that may use ${arn} but received ${name}: ${message}`)
  }
  if (name === 'ResourceNotFoundException') {
    return report('no-store', `arn: expected that of a KeyValueStore but found none at ${arn}`)
  }
  const reason = [name, code ?? status].filter(Boolean).join(' ')
  // What AWS says of a request that is at fault. Nothing else is repeated: the text of a parser quotes the answer.
  const said =
    name.endsWith('Exception') && status !== undefined && status < 500 && message ? `: ${message}` : ''
  return report('unreachable', `expected an answer of ${arn} but received ${reason}${said}`)
}

function readError(error: unknown) {
  const read = (value: unknown, key: string): unknown => (value as Record<string, unknown> | undefined)?.[key]
  const status = read(read(error, '$metadata'), 'httpStatusCode')
  const code = read(error, 'code')
  return {
    name: error instanceof Error ? error.name : 'an error',
    message: error instanceof Error ? error.message : '',
    code: typeof code === 'string' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
  }
}
