import type { LambdaAccount } from '../../infra/lambda-account.ts'
import { checkAccount, type Findings } from '../../infra/preflight.ts'
import type { Settings } from '../../infra/settings.ts'

/** Names of errors of AWS's clients that mean: no credentials, or none that count. */
const worthless =
  /^(?:CredentialsProviderError|ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|TokenProviderError|UnrecognizedClient)$/

/**
 * Asks the account, before anything is built, whether the settings fit its quotas. Who may deploy and not ask is let through with a
 * warning.
 *
 * @param functionName the transformer's, where it is deployed already.
 * @throws Error in plain words where there are no credentials.
 */
export async function checkAccess(
  settings: Pick<Settings, 'compute' | 'region'>,
  account: LambdaAccount,
  functionName?: string,
): Promise<Findings> {
  try {
    return await checkAccount(settings, account, functionName)
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    if (worthless.test(name)) {
      throw new Error(
        `expected AWS credentials but received ${name}: ${message}. Sign in (aws configure sso, then aws sso login), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; --profile NAME names a profile`,
      )
    }
    if (!/^AccessDenied/.test(name)) throw error
    return {
      failures: [],
      warnings: [
        `the account's quotas were not checked: lambda:GetAccountSettings and lambda:GetFunctionConcurrency in ${settings.region} are denied`,
      ],
    }
  }
}
