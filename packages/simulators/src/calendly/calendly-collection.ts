import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { invalid } from './calendly-answers.ts'

const MAX_COUNT = 100
const DEFAULT_COUNT = 20

/** What a page token holds: a place in the list that a query gives, and the query that it is for. */
interface Place {
  from: number
  of: string
}

/** The query without what pages through it. */
const listOf = (path: string, query: URLSearchParams): string => {
  const rest = new URLSearchParams(query)
  rest.delete('page_token')
  rest.sort()
  return `${path}?${rest.toString()}`
}

const tokenOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

const placeOf = (token: string): Place | undefined => {
  try {
    const place = JSON.parse(Buffer.from(token, 'base64url').toString()) as Partial<Place>
    return typeof place.from === 'number' && typeof place.of === 'string'
      ? { from: place.from, of: place.of }
      : undefined
  } catch {
    return undefined
  }
}

/** One page of a list. A page token is good for the list that it was given with. */
export const collection = (
  api: string,
  path: string,
  query: URLSearchParams,
  items: readonly JsonObject[]
): VendorAnswer => {
  const count = Number(query.get('count') ?? DEFAULT_COUNT)
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    return invalid('count', `must be between 1 and ${MAX_COUNT}`)
  }
  const list = listOf(path, query)
  const token = query.get('page_token')
  const place = token === null ? { from: 0, of: list } : placeOf(token)
  if (place?.of !== list) return invalid('page_token', 'is invalid')
  const { from } = place
  const page = items.slice(from, from + count)
  const next = from + count < items.length ? tokenOf({ from: from + count, of: list }) : null
  const previous = from > 0 ? tokenOf({ from: Math.max(0, from - count), of: list }) : null
  const link = (to: string | null): string | null => {
    if (to === null) return null
    const linked = new URLSearchParams(query)
    linked.set('page_token', to)
    return `${api}${path}?${linked.toString()}`
  }
  return jsonAnswer(200, {
    collection: page,
    pagination: {
      count: page.length,
      next_page: link(next),
      next_page_token: next,
      previous_page: link(previous),
      previous_page_token: previous
    }
  })
}
