import { createBudget, type Budget, type BudgetOptions } from '@leadlog/outbound'

/** The rates that messages are sent at, over all processes. */
export interface SmsBudgets {
  /** Waits until a message of this number may go. @throws TransientError where that takes too long */
  acquire(from: string): Promise<void>
  close(): void
}

/** Shorter than the ledger's lease; whoever waits longer is tried again. */
const MAX_WAIT_MS = 15_000

/**
 * A rate of so many a second as a budget: one at once, the others evenly, so that no second holds more than the rate.
 * A minute of them is 60 times that.
 */
export function perSecond(rate: number): Pick<BudgetOptions, 'perMinute' | 'burst'> {
  return { perMinute: Math.max(2, rate * 60), burst: 1 }
}

/** Of the rates, for each process while Redis is away. Without one there is nobody to share with that is known of. */
const SHARE_WHILE_REDIS_IS_AWAY = 0.25

/** @param rates messages a second, of all numbers together and of each by itself */
export function createSmsBudgets(
  options: Pick<BudgetOptions, 'account' | 'redis' | 'logger'>,
  rates: { readonly all: number; readonly each: number }
): SmsBudgets {
  const { account, redis } = options
  const localShare = redis === undefined ? 1 : SHARE_WHILE_REDIS_IS_AWAY
  const all = createBudget({ ...options, vendor: 'twilio-sms', ...perSecond(rates.all), localShare })
  const each = new Map<string, Budget>()
  const budgetOf = (from: string): Budget => {
    const known = each.get(from)
    if (known) return known
    const name = `${account}-${from.replace(/\D/g, '')}`
    const made = createBudget({
      ...options,
      account: name,
      vendor: 'twilio-sms-number',
      ...perSecond(rates.each),
      localShare
    })
    each.set(from, made)
    return made
  }
  return {
    async acquire(from) {
      await budgetOf(from).acquire('live', 1, { maxWaitMs: MAX_WAIT_MS })
      await all.acquire('live', 1, { maxWaitMs: MAX_WAIT_MS })
    },
    close() {
      all.close()
      for (const budget of each.values()) budget.close()
    }
  }
}
