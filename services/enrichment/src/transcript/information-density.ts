/** What makes a passage worth reading, with its weight. Numbers and money carry most of what a deal is judged by. */
const SIGNS: readonly { readonly pattern: RegExp; readonly weight: number }[] = [
  { pattern: /[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:%|percent|k\b|million)/gi, weight: 3 },
  { pattern: /\d+/g, weight: 2 },
  { pattern: /\?/g, weight: 2 },
  { pattern: /(?<=[\p{Ll},;:]\s)\p{Lu}[\p{L}\p{N}&.-]+|\b\p{Lu}{2,}\b/gu, weight: 1.5 },
  {
    pattern: /\b(?:budget|decid\w*|decision|approv\w*|problem|because|need\w*|must|contract|deadline|compar\w*)\b/gi,
    weight: 2
  }
]

/** The customer's words say more about the customer than the seller's do. */
const CUSTOMER_FACTOR = 1.6

/** Keeps very short passages from looking dense. */
const DAMPING_CHARACTERS = 80

/** An answer belongs to its question: a passage after a question inherits this share of the question's density. */
const AFTER_QUESTION_SHARE = 0.6

export interface DensePassage {
  readonly text: string
  readonly isCustomer: boolean
}

/** How much each passage tells per character: questions, numbers, named things, decisions, and who speaks. */
export function informationDensities(passages: readonly DensePassage[]): number[] {
  const own = passages.map(densityOf)
  return own.map((density, at) => {
    const before = passages[at - 1]
    const asked = before?.text.trimEnd().endsWith('?') ?? false
    return density + (asked ? AFTER_QUESTION_SHARE * (own[at - 1] ?? 0) : 0)
  })
}

function densityOf({ text, isCustomer }: DensePassage): number {
  const points = SIGNS.reduce((total, { pattern, weight }) => total + (text.match(pattern)?.length ?? 0) * weight, 0)
  return (points / (text.length + DAMPING_CHARACTERS)) * (isCustomer ? CUSTOMER_FACTOR : 1)
}
