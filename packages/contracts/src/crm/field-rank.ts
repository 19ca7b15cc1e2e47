import type { EnrichedField } from './lead-enriched.ts'

/** How a value came about: inferred from an address or a time zone, read from a text, or stated as the answer itself. */
export const fieldRanks = { inferred: 0, read: 1, stated: 2 } as const
export type FieldRank = (typeof fieldRanks)[keyof typeof fieldRanks]

/** Put between the quotes of one field where several are shown as one evidence. */
export const BETWEEN_QUOTES = ' … '

/** Fields that something else than the person's words may suggest. */
const INFERABLE: ReadonlySet<string> = new Set(['firstName', 'lastName', 'company', 'city', 'country'])
const NAMES: ReadonlySet<string> = new Set(['firstName', 'lastName'])

const ADDRESS = /^\S+@\S+$/
const DOMAIN = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/i
const TIME_ZONE = /^[A-Za-z_]+\/[A-Za-z0-9_+/-]+$/
const MAILBOX = /^[^\s@]+[._][^\s@]+$/
/** `Company name: Acme`, `Where are you based? Berlin`. */
const LABEL = /^[^:?]{1,500}[:?]\s+/

/**
 * How much a field's value is to be believed, told by its evidence: an older value that the person stated stands against
 * a newer one that was inferred. The rank of all other fields is the same, so that of them the newer counts.
 */
export function fieldRank({ field, value, evidence }: EnrichedField): FieldRank {
  if (!INFERABLE.has(field)) return fieldRanks.read
  if (evidence === null) return fieldRanks.inferred
  const ranks = evidence.split(BETWEEN_QUOTES).map((quote) => rankOf(field, String(value), quote))
  return ranks.reduce<FieldRank>((best, rank) => (rank > best ? rank : best), fieldRanks.inferred)
}

function rankOf(field: string, value: string, quote: string): FieldRank {
  const bare = quote.trim().replace(LABEL, '').trim()
  if (same(bare, value)) return fieldRanks.stated
  if (ADDRESS.test(bare) || DOMAIN.test(bare) || TIME_ZONE.test(bare)) return fieldRanks.inferred
  if (!NAMES.has(field)) return fieldRanks.read
  return MAILBOX.test(bare) ? fieldRanks.inferred : fieldRanks.stated
}

function same(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return plain(a) === plain(b)
}
