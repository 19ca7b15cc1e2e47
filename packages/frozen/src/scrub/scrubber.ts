import { COMMON_WORDS } from './common-words.ts'
import { digitsOf, EMAIL, PHONE, WORD, type PersonalValues } from './personal-values.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** Replaces persons by made-up ones. */
export interface Scrubber {
  text(text: string): string
  /** All texts within, keys left alone. */
  value(value: unknown): unknown
  /** Ids only, in a text that says nothing of a person otherwise. */
  ids(text: string): string
}

/** Ids that follow from what was replaced, each with the one that takes its place. */
export type IdMap = ReadonlyMap<string, string>

/** Ids that Leadlog derives: of meetings, readings, writes; digests; the reference at the end of a note. */
export const DERIVED_ID =
  /\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,64}|LL-[0-9a-f]{8})\b/g

export function createScrubber(personal: PersonalValues, pseudonyms: Pseudonyms, derived: IdMap): Scrubber {
  const ids = (text: string): string =>
    text.replace(DERIVED_ID, (id) => derived.get(id) ?? (personal.words.has(id) ? pseudonyms.word(id) : id))

  const text = (original: string): string => {
    const addresses = [...original.matchAll(EMAIL)].map(({ index, 0: found }) => [index, index + found.length] as const)
    const marked = replacePhones(original, personal.phones, pseudonyms)
    return replaceOutside(marked, DERIVED_ID, ids, (part, offset) =>
      part.replace(WORD, (word, index: number) => {
        const lower = word.toLowerCase()
        if (!personal.words.has(lower)) return word
        const inAddress = addresses.some(([from, to]) => offset + index >= from && offset + index < to)
        if (word === lower && COMMON_WORDS.has(lower) && !inAddress) return word
        return cased(pseudonyms.word(lower), word)
      })
    )
  }

  const value = (given: unknown): unknown => {
    if (typeof given === 'string') return text(given)
    if (typeof given === 'number') return numberFor(given, text)
    if (Array.isArray(given)) return given.map(value)
    if (typeof given !== 'object' || given === null) return given
    return Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, value(inner)]))
  }
  return { text, value, ids }
}

/** A number is an id of a meeting at most; times and amounts are none of the words. */
function numberFor(given: number, text: (given: string) => string): number {
  const replaced = Number(text(String(given)))
  return Number.isFinite(replaced) ? replaced : given
}

/** The stand-in with capitals where the word has them. */
function cased(made: string, word: string): string {
  const letters = [...word]
  return [...made]
    .map((letter, index) => (/\p{Lu}/u.test(letters[index] ?? '') ? letter.toUpperCase() : letter))
    .join('')
}

function replacePhones(text: string, phones: ReadonlySet<string>, pseudonyms: Pseudonyms): string {
  if (phones.size === 0) return text
  return text.replace(PHONE, (found) => {
    const digits = digitsOf(found)
    const whole = [...phones].find((phone) => phone === digits || (digits.length > 6 && phone.endsWith(digits)))
    if (whole === undefined) return found
    const made = [...pseudonyms.phone(whole).slice(whole.length - digits.length)]
    return found.replace(/\d/g, () => made.shift() ?? '0')
  })
}

/** Applies one replacement to what matches and another to all between, whose place in the text it is told. */
function replaceOutside(
  text: string,
  pattern: RegExp,
  inside: (match: string) => string,
  outside: (part: string, offset: number) => string
): string {
  let end = 0
  let result = ''
  for (const match of text.matchAll(pattern)) {
    result += outside(text.slice(end, match.index), end) + inside(match[0])
    end = match.index + match[0].length
  }
  return result + outside(text.slice(end), end)
}
