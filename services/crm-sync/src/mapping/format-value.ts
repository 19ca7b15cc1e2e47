import type { DomainValue } from './domain-field.ts'
import type { ValueFormat } from './mapping-document.ts'

const ELLIPSIS = '…'
/** A cut goes back to a word's end only within this share of the length, so that a text without spaces keeps its length. */
const WORD_SEARCH_SHARE = 0.5

/**
 * A value in the form that the CRM takes; null where nothing can be made of it. Lengths are counted in characters as a
 * person counts them (code points), as CRMs do.
 */
export function formatValue(value: DomainValue, format: ValueFormat, maxLength: number): string | number | null {
  switch (format) {
    case 'number':
      return formatNumber(value)
    case 'datetime':
      return formatDateTime(value)
    case 'instant':
      return formatDateTime(value)?.replace('+00:00', 'Z') ?? null
    case 'day':
      return /^\d{4}-\d{2}-\d{2}/.exec(String(value))?.[0] ?? null
    case 'html':
      return formatHtml(linesOf(value).join('\n').trim(), maxLength)
    case 'lines':
      return cutAtWord(linesOf(value).join('\n'), maxLength) || null
    case 'prose':
      return cutAtWord(linesOf(value).join('\n').trim(), maxLength) || null
    case 'text':
      return cutAtWord(linesOf(value).join(', ').replaceAll(/\s+/g, ' ').trim(), maxLength) || null
    case 'phone':
      return formatPhone(value, maxLength)
    case 'email':
    case 'url':
    case 'choice':
    case 'id':
    case 'user':
      return whole(linesOf(value).join(' ').trim(), maxLength)
  }
}

/** `2026-11-18T16:00:00+00:00`: with offset, without fractions of a second. */
export function formatDateTime(value: DomainValue): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d{3}Z$/, '+00:00')
}

/** The text, or its beginning up to the end of a word with an ellipsis; never longer than `maxLength`. */
export function cutAtWord(text: string, maxLength: number): string {
  const characters = [...text]
  if (characters.length <= maxLength) return text
  const kept = characters.slice(0, maxLength - 1).join('')
  const endsAtWord = /\s/.test(characters[maxLength - 1] ?? '')
  const boundary = endsAtWord ? kept.length : kept.search(/\s\S*$/)
  const cut = boundary >= kept.length * (1 - WORD_SEARCH_SHARE) ? kept.slice(0, boundary) : kept
  return cut.trimEnd() + ELLIPSIS
}

function linesOf(value: DomainValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  return value.map((entry) => entry.trim()).filter((entry) => entry !== '')
}

function formatNumber(value: DomainValue): number | null {
  const number = typeof value === 'number' ? value : Number(linesOf(value).join('') || Number.NaN)
  return Number.isFinite(number) ? number : null
}

/** The text as markup, cut so that the markup fits. */
function formatHtml(text: string, maxLength: number): string | null {
  const escape = (plain: string) =>
    plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')
  let kept = text
  while (escape(kept).length > maxLength) {
    kept = cutAtWord(kept, Math.max(1, Math.floor((kept.length * maxLength) / escape(kept).length) - 1))
  }
  return escape(kept) || null
}

/** A number too long loses its ornaments, then everything behind what could be an extension. */
function formatPhone(value: DomainValue, maxLength: number): string | null {
  const text = linesOf(value).join(' ').replaceAll(/\s+/g, ' ').trim()
  if (text.length <= maxLength) return text || null
  const bare = text.replaceAll(/[^\d+]/g, '')
  return bare.slice(0, maxLength) || null
}

/** What cannot be shortened without becoming something else is left out when it does not fit. */
function whole(text: string, maxLength: number): string | null {
  return text === '' || [...text].length > maxLength ? null : text
}
