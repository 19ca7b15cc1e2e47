/*
 * Both lists are those of https://docs.stripe.com/currencies, under "Zero-decimal currencies", "Three-decimal currencies" and
 * "Special cases". What they leave out has two decimals. Of the special cases ISK and UGX have no smaller unit any more and are
 * counted in hundredths all the same, always ending in 00; UGX stands in the first list there, too, where the special case
 * overrides it. HUF and TWD are whole in payouts only, which nobody makes here: they are charged in hundredths.
 */

/** Counted in whole units. */
const WHOLE: ReadonlySet<string> = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))

/** Counted in thousandths, of which the last digit must be 0. */
const THOUSANDTHS: ReadonlySet<string> = new Set('BHD JOD KWD OMR TND'.split(' '))

function stripeDigits(currency: string): number {
  if (WHOLE.has(currency)) return 0
  return THOUSANDTHS.has(currency) ? 3 : 2
}

/**
 * An amount as Stripe counts it; null where Stripe cannot take it, such as a fils that is not a multiple of ten.
 *
 * @param digits decimals of the amount's own minor unit, by ISO 4217
 */
export function toStripeAmount(amount: number, currency: string, digits: number): number | null {
  const converted = shifted(amount, stripeDigits(currency) - digits)
  if (converted === null || (THOUSANDTHS.has(currency) && converted % 10 !== 0)) return null
  return converted
}

/** The reverse; null where it is no whole number of our minor unit. */
export function fromStripeAmount(amount: number, currency: string, digits: number): number | null {
  return shifted(amount, digits - stripeDigits(currency))
}

function shifted(amount: number, by: number): number | null {
  const factor = 10 ** Math.abs(by)
  const result = by >= 0 ? amount * factor : amount / factor
  return Number.isSafeInteger(result) ? result : null
}
