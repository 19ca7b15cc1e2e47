import { COMMON_WORDS } from './common-words.ts'
import { WORD, wordsOf, type PersonalValues } from './personal-values.ts'
import { DERIVED_ID } from './scrubber.ts'

/** Fewest characters of a value that is looked for anywhere; shorter ones are looked for as whole words. */
const LEAST_ANYWHERE = 5
const LEAST_PHONE_DIGITS = 7

/**
 * Searches a text for the personal values that must not be in it: every whole value, every part as a word, every
 * telephone number whatever stands between its digits.
 *
 * @returns what was found; empty where nothing is left
 */
export function findLeftovers(text: string, personal: PersonalValues): string[] {
  const lower = text.toLowerCase()
  const words = new Set<string>()
  for (const [word] of text.matchAll(WORD)) {
    const small = word.toLowerCase()
    if (word !== small || !COMMON_WORDS.has(small)) words.add(small)
  }
  for (const [id] of text.matchAll(DERIVED_ID)) words.add(id)
  const digits = lower.replace(/(?<=\d)[\s()./-]+(?=\d)/g, '')
  return [
    ...[...personal.values].filter((value) => isTelling(value, personal.words) && lower.includes(value.toLowerCase())),
    ...[...personal.words].filter((word) => words.has(word)),
    ...[...personal.phones].filter((phone) =>
      digits.includes(phone.slice(-Math.max(LEAST_PHONE_DIGITS, phone.length - 2)))
    )
  ]
}

/** A name none of whose words is anybody's, such as "Demo Room 2", stands in sentences that mean nobody. */
function isTelling(value: string, words: ReadonlySet<string>): boolean {
  return value.length >= LEAST_ANYWHERE && wordsOf(value).some((word) => words.has(word) && !COMMON_WORDS.has(word))
}
