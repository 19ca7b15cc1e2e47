/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from 0, below the bound. */
  below(bound: number): number
  /** True once in so many calls. */
  oneIn(calls: number): boolean
}

const UINT32 = 2 ** 32

/** The generator known as mulberry32: 32 bits of state, enough to mix test data. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (bound: number): number => Math.floor((next() / UINT32) * bound)
  return { below, oneIn: (calls) => below(calls) === 0 }
}
