import { asText } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { invalid } from './stripe-errors.ts'

const USUAL = 10
const MOST = 100

/** A page of things, the newest first, as Stripe pages: after the last one of the page before. */
export const listPage = (path: string, query: URLSearchParams, found: readonly JsonObject[]): VendorAnswer => {
  const limit = Number(query.get('limit') ?? USUAL)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    return invalid('limit', 'This value must be from 1 to 100.')
  const after = query.get('starting_after')
  const from = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1
  if (after !== null && from === 0) return invalid('starting_after', `No such object: '${after}'`, 'resource_missing')
  return jsonAnswer(200, {
    object: 'list',
    url: path,
    has_more: found.length > from + limit,
    data: found.slice(from, from + limit)
  })
}

const CLAUSE = /^\s*(?:(email)|metadata\[["']([^"']+)["']\])\s*:\s*["']([^"']*)["']\s*$/

/** A search by e-mail or metadata, clauses joined by AND; null where the query is none that is known. */
export const matcherOf = (text: string): ((thing: JsonObject) => boolean) | null => {
  const clauses = text.split(/\s+AND\s+/i).map((part) => CLAUSE.exec(part))
  if (clauses.some((clause) => clause === null)) return null
  return (thing) =>
    clauses.every((clause) => {
      const [, email, name = '', value] = clause ?? []
      if (email !== undefined) return asText(thing.email)?.toLowerCase() === value?.toLowerCase()
      return (thing.metadata as Record<string, string> | undefined)?.[name] === value
    })
}
