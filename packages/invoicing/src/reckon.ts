import type { Discount, InvoiceLine, InvoiceTotals, Refusal } from '@leadlog/contracts'
import { amountTooLarge, discountTooLarge } from './refusals.ts'
import { percentOf, shareOut, times } from './exact.ts'

/** What a line is reckoned from. */
export type LineBasis = Pick<InvoiceLine, 'itemId' | 'itemVersion' | 'quantity' | 'unitPrice' | 'taxRate' | 'discount'>

const MOST = 999_999_999_999n

/**
 * The amounts of an invoice. Prices are before tax. Rounded, each half up: a line's quantity times price, a discount in per
 * cent, a line's tax. The discount on the whole is shared out over the lines in proportion, so that every line has its own
 * taxable amount and all lines add up to the totals exactly.
 */
export function reckon(
  lines: readonly LineBasis[],
  discount: Discount | null
): { readonly lines: readonly InvoiceLine[]; readonly totals: InvoiceTotals } | Refusal {
  const before = lines.map((line) => {
    const gross = times(BigInt(line.unitPrice), line.quantity)
    return { line, gross, off: amountOff(gross, line.discount) }
  })
  const tooMuch = before.findIndex(({ gross, off }) => off > gross)
  if (tooMuch >= 0) return discountTooLarge(`line ${tooMuch + 1}`)
  const nets = before.map(({ gross, off }) => gross - off)
  const sum = add(nets)
  const whole = amountOff(sum, discount)
  if (whole > sum) return discountTooLarge('the invoice')
  const shares = shareOut(whole, nets)
  const exact = before.map(({ line, gross, off }, index) => {
    const shared = shares[index] ?? 0n
    const net = gross - off - shared
    const tax = percentOf(net, line.taxRate)
    return { line, gross, off, shared, net, tax, total: net + tax }
  })
  if (add(exact.map(({ gross }) => gross)) > MOST || add(exact.map(({ total }) => total)) > MOST) {
    return amountTooLarge()
  }
  return {
    lines: exact.map(({ line, gross, off, shared, net, tax, total }) => ({
      ...line,
      gross: Number(gross),
      lineDiscount: Number(off),
      sharedDiscount: Number(shared),
      net: Number(net),
      tax: Number(tax),
      total: Number(total)
    })),
    totals: {
      gross: Number(add(exact.map(({ gross }) => gross))),
      discount: Number(add(exact.map(({ off, shared }) => off + shared))),
      net: Number(add(exact.map(({ net }) => net))),
      tax: Number(add(exact.map(({ tax }) => tax))),
      total: Number(add(exact.map(({ total }) => total)))
    }
  }
}

function amountOff(amount: bigint, discount: Discount | null): bigint {
  if (discount === null) return 0n
  return discount.kind === 'amount' ? BigInt(discount.amount) : percentOf(amount, discount.percent)
}

function add(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}
