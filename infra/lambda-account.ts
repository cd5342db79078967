import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  type LambdaClientConfig,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda'

/** Runs of Lambdas at a time, in one region of an account. */
export interface AccountLimits {
  /** All there are. */
  readonly total: number
  /** Those that are not reserved for one function. */
  readonly unreserved: number
}

/** What an account says of Lambda. */
export interface LambdaAccount {
  readLimits(): Promise<AccountLimits>
  /** Runs reserved for a function; 0 where there are none, or no such function. */
  readReserved(functionName: string): Promise<number>
}

/** Returns the account of whoever's credentials are in force. Needs `lambda:GetAccountSettings` and `lambda:GetFunctionConcurrency`. */
export function createAccount(region: string, config: LambdaClientConfig = {}): LambdaAccount {
  const client = new LambdaClient({ region, ...config })
  return {
    async readLimits() {
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}))
      const { ConcurrentExecutions: total, UnreservedConcurrentExecutions: unreserved } = AccountLimit ?? {}
      if (total === undefined || unreserved === undefined) {
        throw new Error(
          `expected limits of concurrency in ${region} but received ${JSON.stringify(AccountLimit)}`,
        )
      }
      return { total, unreserved }
    },
    async readReserved(functionName) {
      try {
        const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName }))
        return answer.ReservedConcurrentExecutions ?? 0
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return 0
        throw error
      }
    },
  }
}
