import type { VendorName } from './vendors.ts'

/** One call that a vendor got. */
export interface JournalEntry {
  number: number
  at: string
  vendor: VendorName
  method: string
  path: string
  /** `METHOD /path` with ids replaced by `{id}`. */
  route: string
  /** The vendor's status; `null` while at work, and where the connection was cut before the work. */
  status: number | null
  fault: string | null
  /** False where the client was left without an answer. */
  answered: boolean
  bodyDigest: string
  body: string
}

/** Calls of one kind. */
export interface CallCount {
  vendor: VendorName
  route: string
  status: number | null
  fault: string | null
  count: number
}

export interface Journal {
  open(
    call: Omit<JournalEntry, 'number' | 'status' | 'answered' | 'fault' | 'route'> & { fault: string | null }
  ): JournalEntry
  close(entry: JournalEntry, outcome: { status: number | null; answered: boolean }): void
  list(filter?: { vendor?: string; limit?: number }): JournalEntry[]
  counts(): CallCount[]
  /** Calls of a vendor that have begun and are not decided yet. */
  atWork(vendor: VendorName): number
  clear(): void
}

/** Bodies are kept whole, so the number of calls is bounded; the counts are not affected. */
const KEPT_ENTRIES = 5000
const IDS =
  /(?<=\/)[A-Z]{2}[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{6,}|[0-9A-HJKMNP-TV-Z]{26}/g

/** `METHOD /path` of a call. */
export const routeOf = (method: string, path: string): string => `${method} ${path.split('?')[0] ?? path}`

export const createJournal = (): Journal => {
  let entries: JournalEntry[] = []
  let number = 0
  const counts = new Map<string, CallCount>()
  const working = new Map<VendorName, number>()
  return {
    open: (call) => {
      number += 1
      working.set(call.vendor, (working.get(call.vendor) ?? 0) + 1)
      const route = routeOf(call.method, call.path).replace(IDS, '{id}')
      const entry: JournalEntry = { ...call, number, route, status: null, answered: false }
      entries.push(entry)
      if (entries.length > KEPT_ENTRIES * 1.2) entries = entries.slice(-KEPT_ENTRIES)
      return entry
    },
    close: (entry, outcome) => {
      Object.assign(entry, outcome)
      const { vendor, route, status, fault } = entry
      working.set(vendor, (working.get(vendor) ?? 1) - 1)
      const key = [vendor, route, status, fault].join(' ')
      const count = counts.get(key) ?? { vendor, route, status, fault, count: 0 }
      count.count += 1
      counts.set(key, count)
    },
    list: ({ vendor, limit } = {}) => {
      const chosen = entries.filter((entry) => vendor === undefined || entry.vendor === vendor)
      return limit === undefined ? chosen : chosen.slice(-limit)
    },
    counts: () => [...counts.values()].sort((a, b) => `${a.vendor} ${a.route}`.localeCompare(`${b.vendor} ${b.route}`)),
    atWork: (vendor) => working.get(vendor) ?? 0,
    clear: () => {
      entries = []
      number = 0
      counts.clear()
    }
  }
}
