/** Amounts used in the last stretch of time. */
export interface SlidingWindow {
  /** True, and the amount is counted, where it still fits the limit. */
  take(amount: number, limit: number, windowMs: number): boolean
  used(windowMs: number): number
  clear(): void
}

export const createSlidingWindow = (now: () => Date): SlidingWindow => {
  let uses: { at: number; amount: number }[] = []
  let sum = 0
  const forget = (windowMs: number): void => {
    const since = now().getTime() - windowMs
    while (uses[0] !== undefined && uses[0].at <= since) sum -= uses.shift()?.amount ?? 0
  }
  return {
    take: (amount, limit, windowMs) => {
      forget(windowMs)
      if (sum + amount > limit) return false
      uses.push({ at: now().getTime(), amount })
      sum += amount
      return true
    },
    used: (windowMs) => {
      forget(windowMs)
      return sum
    },
    clear: () => {
      uses = []
      sum = 0
    }
  }
}
