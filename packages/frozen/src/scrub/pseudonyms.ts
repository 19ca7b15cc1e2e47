import { createHmac } from 'node:crypto'
import { COMMON_WORDS } from './common-words.ts'

/** Made-up stand-ins: always the same for the same value, never the same for two. */
export interface Pseudonyms {
  /** For a lower-case word: as long, vowels for vowels, consonants for consonants, digits for digits. */
  word(original: string): string
  /** For the digits of a telephone number: as many, the first two kept, which say the country. */
  phone(digits: string): string
}

const VOWELS = 'aeiou'
const CONSONANTS = 'bcdfghjklmnpqrstvwxyz'
const HEX = '0123456789abcdef'
const COUNTRY_DIGITS = 2

/**
 * @param key makes them; whoever does not have it cannot find out by trying names which stands for which
 * @param taken words that none of them may be: the originals
 */
export function createPseudonyms(key: Uint8Array, taken: ReadonlySet<string>): Pseudonyms {
  const known = new Map<string, string>()
  const used = new Set<string>()
  const choose = (kind: string, original: string, make: (random: Iterator<number>) => string): string => {
    const name = `${kind} ${original}`
    const before = known.get(name)
    if (before !== undefined) return before
    for (let round = 0; ; round++) {
      const made = make(randomBytes(key, `${name} ${String(round)}`))
      // The few words of one letter have few stand-ins; after many rounds two may share one, but none stays as it was.
      const free = !used.has(made) && !taken.has(made) && !COMMON_WORDS.has(made)
      if (made === original || (!free && round < ROUNDS)) continue
      known.set(name, made)
      used.add(made)
      return made
    }
  }
  return {
    word: (original) =>
      choose('word', original, (random) => {
        const hex = /^[0-9a-f-]{16,}$/.test(original)
        const stand = (letter: string): string => (hex ? pick(HEX, random) : letterFor(letter, random))
        return [...original].map((letter) => (letter === '-' ? letter : stand(letter))).join('')
      }),
    phone: (digits) =>
      choose('phone', digits, (random) =>
        [...digits].map((digit, index) => (index < COUNTRY_DIGITS ? digit : pick('0123456789', random))).join('')
      )
  }
}

const ROUNDS = 1_000

function letterFor(letter: string, random: Iterator<number>): string {
  if (VOWELS.includes(letter)) return pick(VOWELS, random)
  if (CONSONANTS.includes(letter)) return pick(CONSONANTS, random)
  // A number keeps its length: its first digit, which is none, never becomes a nought.
  if (/^[0-9]$/.test(letter)) return pick(letter === '0' ? '0123456789' : '123456789', random)
  return neighbourOf(letter, random)
}

/** A letter of the same script, for letters outside of a–z. */
function neighbourOf(letter: string, random: Iterator<number>): string {
  const code = letter.codePointAt(0) ?? 0
  for (let tries = 0; tries < ROUNDS; tries++) {
    const other = String.fromCodePoint((code & ~0x1f) | (next(random) & 0x1f))
    if (/^\p{L}$/u.test(other) && other.toLowerCase() === other && other.toUpperCase().length === 1) return other
  }
  return letter
}

function pick(letters: string, random: Iterator<number>): string {
  return letters[next(random) % letters.length] ?? ''
}

function next(random: Iterator<number>): number {
  return Number(random.next().value)
}

function* randomBytes(key: Uint8Array, seed: string): Generator<number, never> {
  for (let block = 0; ; block++)
    yield* createHmac('sha256', key)
      .update(`${seed} ${String(block)}`)
      .digest()
}
