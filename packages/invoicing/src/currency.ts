import { code, codes, type CurrencyCodeRecord } from 'currency-codes'

const MOST_DIGITS = 3

function recordOf(currency: string): CurrencyCodeRecord | undefined {
  const record = code(currency)
  return record !== undefined && record.digits <= MOST_DIGITS ? record : undefined
}

/** True for a currency of ISO 4217 in which something can be invoiced. */
export function isCurrency(currency: string): boolean {
  return recordOf(currency) !== undefined && !NO_MONEY.has(currency)
}

/** Codes of ISO 4217 that are no money to pay with: metals, testing, no currency. */
const NO_MONEY: ReadonlySet<string> = new Set(['XAU', 'XAG', 'XPD', 'XPT', 'XTS', 'XXX', 'XDR', 'XSU', 'XUA'])

/** Every currency in which something can be invoiced, by its code. */
export function currencies(): readonly { readonly code: string; readonly name: string }[] {
  return codes().flatMap((known) => {
    const name = isCurrency(known) ? recordOf(known)?.currency : undefined
    return name === undefined ? [] : [{ code: known, name }]
  })
}

/** Decimals of the minor unit, by ISO 4217. @throws TypeError for none */
export function digitsOf(currency: string): number {
  const record = recordOf(currency)
  if (record === undefined) throw new TypeError(`${currency} is no currency of ISO 4217`)
  return record.digits
}

/** `1234.50 USD`, for people: the code says which dollar it is. */
export function showMoney(amount: number, currency: string): string {
  const digits = digitsOf(currency)
  const text = String(amount).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`} ${currency}`
}
