import type { DataOf, SpendThresholdReached } from '@leadlog/contracts'
import { digitsOf } from '@leadlog/invoicing'

/** What people are told, in Slack's mrkdwn. */
export function spendText(reached: DataOf<typeof SpendThresholdReached>, gatewayUrl: string | undefined): string {
  const { currency, month, threshold, budget, usedMicros } = reached
  const digits = digitsOf(currency)
  const money = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits
  })
  const [used, whole] = [usedMicros / 1_000_000, budget / 10 ** digits]
  const heading =
    threshold === 100
      ? `:rotating_light: *The budget of ${month} is used up*`
      : `:warning: *${threshold} % of the budget of ${month} are used*`
  const link = gatewayUrl === undefined ? '' : ` · <${gatewayUrl}/spend?month=${month}|what it was spent on>`
  return `${heading}\n${money.format(used)} of ${money.format(whole)}${link}`.replaceAll('\u00a0', ' ')
}
