/** What stands for a row in the search: its texts without case and accents, each word behind a blank. */
export function searchText(texts: readonly (string | null)[], phone: string | null = null): string {
  const words = texts.flatMap((text) => (text === null ? [] : wordsOf(text)))
  const digits = phone?.replace(/\D/g, '') ?? ''
  // The blank before the first word too: that is how a word that begins so is found.
  return [...words, ...(digits === '' ? [] : [digits])].map((word) => ` ${word}`).join('')
}

/** One thing that is looked for. */
export interface Term {
  readonly text: string
  /** Figures must be there as they are; words may be written a little differently. */
  readonly kind: 'word' | 'figures'
}

/** More words than anybody types; each costs a comparison per row. */
const MAX_TERMS = 8
/** Nothing but figures and what people write between them. */
const PHONE = /^\+?[\d\s().\/-]+$/
/** Fewer figures are no telephone number: a year, a size. */
const PHONE_DIGITS = 5

/** What a person typed, as terms that all must occur; the longest first, since it leaves the fewest rows. */
export function termsOf(typed: string): Term[] {
  const digits = typed.replace(/\D/g, '')
  // With or without the country's code: what both have in common are the figures behind the zeros.
  if (PHONE.test(typed.trim()) && digits.length >= PHONE_DIGITS)
    return [{ text: digits.replace(/^0+(?=\d)/, ''), kind: 'figures' }]
  const words = [...new Set(wordsOf(typed))].slice(0, MAX_TERMS)
  return words
    .map((text): Term => ({ text, kind: /^\d+$/.test(text) ? 'figures' : 'word' }))
    .sort((a, b) => b.text.length - a.text.length)
}

/** A short term occurs nearly everywhere; it counts at the beginning of a word only. */
const ANYWHERE_FROM = 3

/** The term as a pattern of `like` over a row's search text. */
export function patternOf({ text }: Term): string {
  const literal = text.replace(/[\\%_]/g, '\\$&')
  return text.length < ANYWHERE_FROM ? `% ${literal}%` : `%${literal}%`
}

/** Letters without case and accents: `Zoë` is `zoe`, `Groß` is `gross`. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
}

function wordsOf(text: string): string[] {
  return folded(text)
    .split(/\s+/)
    .filter((word) => word !== '')
}
