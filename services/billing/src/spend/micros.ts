import { scaled } from '@leadlog/invoicing'

const MICRO_DIGITS = 6
const MOST_DIGITS = 12

/** A price in decimals as millionths of the main unit; what is finer is rounded, half away from zero. @throws TypeError for no number */
export function microsOf(price: string): number {
  const isBelowZero = price.startsWith('-')
  const fine = scaled(isBelowZero ? price.slice(1) : price, MOST_DIGITS)
  const one = 10n ** BigInt(MOST_DIGITS - MICRO_DIGITS)
  const micros = Number((fine + one / 2n) / one)
  return isBelowZero && micros !== 0 ? -micros : micros
}

/** An amount in a currency's minor unit as millionths of its main unit. @param digits of the minor unit */
export function minorToMicros(amount: number, digits: number): bigint {
  return BigInt(amount) * 10n ** BigInt(MICRO_DIGITS - digits)
}
