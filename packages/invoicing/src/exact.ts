/** A number written in decimals, times 10 to the power of `digits`. @throws TypeError where it has more of them */
export function scaled(text: string, digits: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || fraction.length > digits) {
    throw new TypeError(`"${text}" is no number with at most ${digits} decimals`)
  }
  return BigInt(whole + fraction.padEnd(digits, '0'))
}

/**
 * The nearest whole number to a fraction that is not negative; half a unit goes up. Everything here that is rounded is
 * rounded so, and once.
 */
export function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n)
}

/** One per cent of four decimals. */
const WHOLE_PERCENT = 1_000_000n

/** So many per cent of an amount. */
export function percentOf(amount: bigint, percent: string): bigint {
  return roundHalfUp(amount * scaled(percent, 4), WHOLE_PERCENT)
}

const QUANTITY_DIGITS = 3
const ONE = 1_000n

/** A price so many times. */
export function times(price: bigint, quantity: string): bigint {
  return roundHalfUp(price * scaled(quantity, QUANTITY_DIGITS), ONE)
}

/**
 * Divides an amount by weights into whole parts that add up to it: each part is rounded down, and what is left goes one by
 * one to the largest remainders, the earlier first where they are the same. No part is above its weight where the amount
 * is not above all weights together.
 */
export function shareOut(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0n)
  if (all === 0n) return weights.map(() => 0n)
  const shares = weights.map((weight, index) => ({
    index,
    part: (amount * weight) / all,
    remainder: (amount * weight) % all
  }))
  const left = Number(amount - shares.reduce((sum, { part }) => sum + part, 0n))
  const first = new Set(
    shares
      .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
      .slice(0, left)
      .map(({ index }) => index)
  )
  return shares.map(({ part, index }) => part + (first.has(index) ? 1n : 0n))
}
