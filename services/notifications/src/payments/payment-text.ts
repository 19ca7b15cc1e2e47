import type { DataOf, PaymentDisputed, PaymentParked, RefundFailed, RefundRefused } from '@leadlog/contracts'
import { showMoney } from '@leadlog/invoicing'

/** What people are told of a payment. */
export type PaymentNews =
  | ({ readonly about: 'parked' } & DataOf<typeof PaymentParked>)
  | ({ readonly about: 'disputed' } & DataOf<typeof PaymentDisputed>)
  | ({ readonly about: 'refund-refused' } & DataOf<typeof RefundRefused>)
  | ({ readonly about: 'refund-failed' } & DataOf<typeof RefundFailed>)

const PARKED = {
  'amount-differs': 'it is not what is owed',
  'currency-differs': 'it is in another currency than the invoice',
  'not-payable': 'the invoice is a draft or void',
  'already-paid': 'the invoice is paid already'
}

const DISPUTED = {
  open: ':rotating_light: *A payment is disputed*',
  won: ':white_check_mark: *A dispute was won*',
  lost: ':rotating_light: *A dispute was lost*'
}

/** In Slack's mrkdwn. No name and no address: who it is about stands behind the link. */
export function paymentText(news: PaymentNews, gatewayUrl: string | undefined): string {
  const money = showMoney(news.amount, news.currency)
  const [heading, detail] = wordsOf(news, money)
  const where = `/payments/${news.paymentId}`
  const link = gatewayUrl === undefined ? `payment \`${news.paymentId}\`` : `<${gatewayUrl}${where}|payment>`
  return `${heading}\n${detail} · ${link}`
}

function wordsOf(news: PaymentNews, money: string): readonly [string, string] {
  if (news.about === 'parked') {
    return [':warning: *Money waits for a person*', `${money} came in, and ${PARKED[news.reason]}`]
  }
  if (news.about === 'disputed') {
    const next = news.status === 'open' ? `the bank may take ${money} back: answer it at Stripe in time` : money
    return [DISPUTED[news.status], next]
  }
  if (news.about === 'refund-failed') {
    const why = news.reason === null ? '' : ` (${news.reason})`
    return [':warning: *A refund failed*', `${money} came back to Stripe and did not reach the customer${why}`]
  }
  return [':warning: *A refund was refused*', `Stripe does not give ${money} back (${news.code})`]
}
