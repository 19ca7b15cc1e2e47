/** What Stripe told at some time of a payment: all that went back until then, or an amount that came back then. */
export interface ToldAmount {
  readonly paymentId: string
  readonly amount: number
  readonly at: string
}

/** News of a sum comes within this; a refund takes a bank days to fail. */
const SAME_NEWS_MS = 3_600_000

/**
 * What went back of a payment without what failed, in whatever order it was told. The sum that Stripe tells becomes smaller by
 * what fails, so failures before it are added to it: what was ever sent back only grows, and the most is the newest. Pure.
 */
export function wentBack(paymentId: string, sums: readonly ToldAmount[], failures: readonly ToldAmount[]): number {
  const failed = failures.filter((failure) => failure.paymentId === paymentId)
  const failedBefore = (at: string): number => total(failed.filter((failure) => failure.at < at))
  const sent = sums.filter((sum) => sum.paymentId === paymentId).map(({ amount, at }) => amount + failedBefore(at))
  return Math.max(0, Math.max(0, ...sent) - total(failed))
}

/** Whether a sum can tell nothing that was not told: the same or more was told for that time or a later one. Pure. */
export function isOldNews({ paymentId, amount, at }: ToldAmount, sums: readonly ToldAmount[]): boolean {
  const until = Date.parse(at) - SAME_NEWS_MS
  return sums.some((sum) => sum.paymentId === paymentId && sum.amount >= amount && Date.parse(sum.at) >= until)
}

function total(amounts: readonly ToldAmount[]): number {
  return amounts.reduce((all, { amount }) => all + amount, 0)
}
