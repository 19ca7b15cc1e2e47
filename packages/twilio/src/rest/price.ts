/** What Twilio charges for something. */
export interface TwilioPrice {
  /** Decimals as Twilio writes them, without its sign: it writes charges below zero. Below zero here is what it gives back. */
  readonly amount: string
  /** ISO 4217: that of the account. */
  readonly currency: string
}

/** A price as Twilio tells it; null until it knows, which is some time after the end, and for what it does not charge. */
export function priceOf(price: string | null | undefined, unit: string | null | undefined): TwilioPrice | null {
  const text = (price ?? '').trim()
  const currency = (unit ?? '').trim().toUpperCase()
  if (!/^-?\d{1,9}(\.\d{1,12})?$/.test(text) || !/^[A-Z]{3}$/.test(currency)) return null
  const isZero = /^-?[0.]+$/.test(text)
  return { amount: isZero ? '0' : text.startsWith('-') ? text.slice(1) : `-${text}`, currency }
}
