import { timingSafeEqual } from 'node:crypto'
import type { BillingDeps } from '../deps.ts'

/** The link in the mail: it stays the same while pages at Stripe come and go. Undefined where nothing can be paid online. */
export function payLink({ billingUrl, stripe, linkToken }: BillingDeps, invoiceId: string): string | undefined {
  return billingUrl === undefined || stripe === null
    ? undefined
    : `${billingUrl}/pay/${invoiceId}/${linkToken(invoiceId)}`
}

export function isLinkToken({ linkToken }: BillingDeps, invoiceId: string, token: string): boolean {
  const expected = Buffer.from(linkToken(invoiceId))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
