/** Before all keys in Redis. */
export const DEFAULT_KEY_PREFIX = 'leadlog:'

/** The list of accounts that have a budget, a hash by {@link accountName}. */
export function accountsKey(prefix: string): string {
  return `${prefix}budgets`
}

export function accountName(vendor: string, account: string): string {
  return `${vendor}:${account}`
}

/** Before the keys of one account. The braces keep them on one node of a cluster. */
export function accountKeyPrefix(prefix: string, vendor: string, account: string): string {
  return `${prefix}{budget:${accountName(vendor, account)}}`
}

/** The keys of one account. */
export function accountKeys(keyPrefix: string) {
  const key = (part: string): string => `${keyPrefix}:${part}`
  return {
    state: key('state'),
    waiting: key('waiting'),
    minute: key('minute'),
    day: key('day'),
    recent: key('recent')
  } as const
}
