import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { twilioError } from './twilio-errors.ts'

const DEFAULT_PAGE_SIZE = 50
const MAX_PAGE_SIZE = 1_000

/**
 * One page of a list. Pages go on behind the last thing that was shown, so that what comes in meanwhile moves none.
 *
 * @param path of the list, as it stands in `uri`
 */
export const listAnswer = (
  { path, name, query }: { path: string; name: string; query: URLSearchParams },
  all: readonly { sid: string; shown: JsonObject }[]
): VendorAnswer => {
  const size = Number(query.get('PageSize') ?? DEFAULT_PAGE_SIZE)
  if (!Number.isInteger(size) || size < 1) return twilioError(20001, 'PageSize must be a positive integer')
  const pageSize = Math.min(size, MAX_PAGE_SIZE)
  const page = Number(query.get('Page') ?? 0)
  const token = query.get('PageToken')
  const start = token === null ? 0 : all.findIndex(({ sid }) => `PA${sid}` === token) + 1
  if (page > 0 && start === 0) return twilioError(20001, 'PageToken is of another list')
  const shown = all.slice(start, start + pageSize)
  const last = shown.at(-1)
  const uriOf = (at: number, after: string | undefined): string => {
    const linked = new URLSearchParams(query)
    linked.set('PageSize', String(pageSize))
    linked.set('Page', String(at))
    linked.delete('PageToken')
    if (after !== undefined) linked.set('PageToken', `PA${after}`)
    return `${path}?${linked.toString()}`
  }
  const more = last !== undefined && start + pageSize < all.length
  const before = start - pageSize
  return jsonAnswer(200, {
    [name]: shown.map((entry) => entry.shown),
    first_page_uri: uriOf(0, undefined),
    next_page_uri: more ? uriOf(page + 1, last.sid) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1, before > 0 ? all[before - 1]?.sid : undefined) : null,
    uri: uriOf(page, token === null ? undefined : token.slice(2)),
    page,
    page_size: pageSize,
    start,
    end: Math.max(start, start + shown.length - 1)
  })
}

/** Reads filters such as `StartTime>=2026-11-18` or `DateSent>`; a date alone is a whole day. */
export const isWithin = (query: URLSearchParams, name: string, iso: string | null): boolean => {
  for (const sign of ['', '<', '>']) {
    const text = query.get(`${name}${sign}`)
    if (text === null) continue
    // What has not begun has no time to compare.
    if (iso === null) return false
    const bound = Date.parse(text)
    const at = Math.floor(Date.parse(iso) / 1_000) * 1_000
    if (sign === '' && iso.slice(0, 10) !== text.slice(0, 10)) return false
    if (sign === '<' && at > bound) return false
    if (sign === '>' && at < bound) return false
  }
  return true
}
