import { Type, type Static } from '@sinclair/typebox'
import { folded, type Term } from './search-text.ts'

/** A text of what was found with the places that made it be found. */
export const Highlight = Type.Object({
  field: Type.String({ description: 'name, email, company, title, phone or customer' }),
  text: Type.String(),
  ranges: Type.Array(Type.Object({ start: Type.Integer(), end: Type.Integer() }), {
    description: 'from `start` to before `end`, in UTF-16 units of the text; in order, without overlap'
  })
})
export type Highlight = Static<typeof Highlight>

type Range = Highlight['ranges'][number]

/** The texts in which terms occur; those without are left out. */
export function highlightsOf(texts: Readonly<Record<string, string | null>>, terms: readonly Term[]): Highlight[] {
  return Object.entries(texts).flatMap(([field, text]) => {
    const ranges = text === null ? [] : rangesOf(text, field === 'phone' ? digitOf : folded, terms)
    return text === null || ranges.length === 0 ? [] : [{ field, text, ranges }]
  })
}

/** Of a telephone number only the figures are compared. */
const digitOf = (character: string): string => (/\d/.test(character) ? character : '')

function rangesOf(text: string, fold: (character: string) => string, terms: readonly Term[]): Range[] {
  let whole = ''
  /** For each unit of the folded text the character of the text that it comes from. */
  const origins: Range[] = []
  let start = 0
  for (const character of text) {
    const end = start + character.length
    for (const unit of fold(character)) {
      whole += unit
      for (let count = 0; count < unit.length; count += 1) origins.push({ start, end })
    }
    start = end
  }
  return joined(terms.flatMap(({ text: term }) => occurrences(whole, term, origins)))
}

function occurrences(whole: string, term: string, origins: readonly Range[]): Range[] {
  const found: Range[] = []
  for (let at = whole.indexOf(term); at >= 0; at = whole.indexOf(term, at + term.length)) {
    const [first, last] = [origins[at], origins[at + term.length - 1]]
    if (first && last) found.push({ start: first.start, end: last.end })
  }
  return found
}

function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1)
    if (last && range.start <= last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, range.end) }
    else result.push(range)
  }
  return result
}
