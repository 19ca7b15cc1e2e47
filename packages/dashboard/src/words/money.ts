import { digitsOf } from '@leadlog/invoicing'

/** How numbers are written somewhere. */
interface Signs {
  readonly decimal: string
  readonly group: string
  /** Figures from 0 to 9. */
  readonly figures: readonly string[]
}

const known = new Map<string, Signs>()

function signsOf(locale: string | undefined): Signs {
  const key = locale ?? ''
  const made = known.get(key) ?? signsBy(new Intl.NumberFormat(locale, { useGrouping: 'always' }))
  known.set(key, made)
  return made
}

function signsBy(format: Intl.NumberFormat): Signs {
  const part = (type: string): string =>
    format.formatToParts(1_234_567.5).find((one) => one.type === type)?.value ?? (type === 'decimal' ? '.' : ',')
  return {
    decimal: part('decimal'),
    group: part('group'),
    figures: Array.from({ length: 10 }, (_, figure) => format.format(figure))
  }
}

/** `USD 1,234.50`, as the reader's place writes it, with the digits of the currency; the code says which dollar it is. */
export function moneyText(amount: number, currency: string, locale?: string): string {
  const digits = digitsOf(currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits
  })
  return format.format(decimalOf(amount, digits) as unknown as number)
}

/** An amount as it is filled into a field: `1234.50`, with the decimal sign of the reader's place. */
export function amountText(amount: number, currency: string, locale?: string): string {
  return decimalText(decimalOf(amount, digitsOf(currency)), locale)
}

/** What somebody typed as an amount, in the currency's minor unit; null for what is none, or finer than the currency. */
export function readAmount(text: string, currency: string, locale?: string): number | null {
  const digits = digitsOf(currency)
  const decimal = readDecimal(text, digits, locale)
  if (decimal === null) return null
  const [whole = '', fraction = ''] = decimal.split('.')
  const amount = Number(`${whole}${fraction.padEnd(digits, '0')}`)
  return amount <= MOST ? amount : null
}

/** The most that billing takes. */
const MOST = 999_999_999_999

/**
 * What somebody typed as a number, as `1234.5`; null for what is none. A sign between groups must stand between groups of three, or
 * of two where it is not the last (`1,00,000`),
 * so that `12,5` is not taken for 125 where the comma is no decimal sign.
 */
export function readDecimal(typed: string, digits: number, locale?: string): string | null {
  const { decimal, group, figures } = signsOf(locale)
  const text = [...typed.trim()]
    .map((sign) => {
      const figure = figures.indexOf(sign)
      return figure < 0 ? sign : String(figure)
    })
    .join('')
    .replace(/[\s\u00a0\u202f]/g, ' ')
  const spaced = /[\s\u00a0\u202f]/.test(group) ? ' ' : group
  const [whole = '', fraction, ...more] = text.split(decimal)
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null
  const groups = whole.split(spaced)
  if (groups.length > 1 && !areGroups(groups)) return null
  const joined = groups.join('')
  if (!/^\d+$/.test(joined)) return null
  const decimals = (fraction ?? '').replace(/0+$/, '')
  if (decimals.length > digits) return null
  const before = joined.replace(/^0+(?=\d)/, '')
  return decimals === '' ? before : `${before}.${decimals}`
}

function areGroups(groups: readonly string[]): boolean {
  return (
    /^\d{1,3}$/.test(groups[0] ?? '') &&
    /^\d{3}$/.test(groups.at(-1) ?? '') &&
    groups.slice(1, -1).every((group) => /^\d{2,3}$/.test(group))
  )
}

/** `8.875` with the decimal sign of the reader's place. */
export function decimalText(decimal: string, locale?: string): string {
  return decimal.replace('.', signsOf(locale).decimal)
}

function decimalOf(amount: number, digits: number): string {
  const text = String(amount).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
