/** Quotes of fewer letters and digits than this support nothing: a lone letter occurs in every text. */
const MIN_QUOTE_CHARACTERS = 2

const ELLIPSIS = /\s*[[(]?(?:\.{3,}|…)[\])]?\s*/u
const ASCII_WORD = /[a-z0-9]/

/**
 * The text as it is compared: lower case, without accents, with straight quotation marks, plain dashes and single
 * spaces. The comparable form of a part of a text is a part of the text's comparable form.
 */
export function comparableText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replaceAll('ς', 'σ')
    .replace(/[‘’‚‛′`´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Tells whether a quote occurs in a text, whatever its case, spacing, accents and quotation marks. Words match whole:
 * `40` does not occur in `1400`. A quote with an ellipsis occurs where all its parts do, in their order.
 */
export function quoteMatcher(sources: readonly string[]): (quote: string) => boolean {
  const texts = sources.map(comparableText)
  return (quote) => texts.some((text) => occursWhole(text, quote) || occursInParts(text, quote))
}

function occursWhole(text: string, quote: string): boolean {
  return positionOf(text, quote, 0) !== null
}

function occursInParts(text: string, quote: string): boolean {
  const parts = quote.split(ELLIPSIS).filter((part) => part.trim() !== '')
  if (parts.length < 2) return false
  let from = 0
  for (const part of parts) {
    const end = positionOf(text, part, from)
    if (end === null) return false
    from = end
  }
  return true
}

/** Where the quote's first whole occurrence from `from` on ends; null where there is none. */
function positionOf(text: string, quote: string, from: number): number | null {
  const wanted = withoutEdgePunctuation(comparableText(quote))
  if ((wanted.match(/[\p{L}\p{N}]/gu) ?? []).length < MIN_QUOTE_CHARACTERS) return null
  for (let at = text.indexOf(wanted, from); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length
    if (!cutsWord(text, at) && !cutsWord(text, end)) return end
  }
  return null
}

function withoutEdgePunctuation(text: string): string {
  return text.replace(/^[\s"'.,;:!?()[\]-]+/, '').replace(/[\s"'.,;:!?()[\]-]+$/, '')
}

function cutsWord(text: string, at: number): boolean {
  return at > 0 && at < text.length && ASCII_WORD.test(text.charAt(at - 1)) && ASCII_WORD.test(text.charAt(at))
}
