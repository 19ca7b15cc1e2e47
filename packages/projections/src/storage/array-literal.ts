const NEEDS_ESCAPE = /["\\]/
const ESCAPED = /["\\]/g

/** A Postgres array literal of quoted elements; null becomes NULL. */
export function textArrayLiteral(values: readonly (string | null)[]): string {
  let literal = '{'
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]
    if (index > 0) literal += ','
    if (value === null || value === undefined) literal += 'NULL'
    else literal += `"${NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, '\\$&') : value}"`
  }
  return `${literal}}`
}

/** A Postgres array literal of elements that need no quotes: numbers and booleans. */
export function plainArrayLiteral(values: readonly (number | boolean | null)[]): string {
  let literal = '{'
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) literal += ','
    literal += values[index] ?? 'NULL'
  }
  return `${literal}}`
}

const NUL = /\u0000/g

/** The text as Postgres can store it: NUL characters and lone surrogates become U+FFFD. */
export function storableText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed()
  return wellFormed.includes('\u0000') ? wellFormed.replace(NUL, '\uFFFD') : wellFormed
}

/** A JSON value as text that `jsonb` accepts; see {@link storableText}. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value)
  // Only an escape can stand for what jsonb refuses, and most documents have none.
  if (!text.includes('\\u')) return text
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storableText(part) : part))
}
