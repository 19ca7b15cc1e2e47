import { canonicalJson } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { SimulatorClock } from '../clock.ts'
import type { StateLog } from '../state-log.ts'

/** A record as the organisation holds it. */
export interface ZohoRecord extends JsonObject {
  id: string
  Created_Time: string
  Modified_Time: string
}

/** A write that changed, or did not change, a record. */
export interface ZohoWrite extends JsonObject {
  at: string
  module: string
  id: string
  action: 'insert' | 'update' | 'delete'
  /** Names of the fields whose value is another one now; empty for a superfluous write. */
  changed: string[]
}

interface IndexEntry {
  shown: ZohoRecord | undefined
  pending: { visibleAt: number; record: ZohoRecord | undefined }[]
}

export interface ZohoStore {
  get(module: string, id: string): ZohoRecord | undefined
  list(module: string): ZohoRecord[]
  insert(module: string, values: JsonObject): ZohoRecord
  update(module: string, id: string, values: JsonObject): ZohoRecord | undefined
  remove(module: string, id: string): boolean
  /** The record whose field has this value, without the search index's lag; texts are compared without case. */
  findBy(module: string, apiName: string, value: JsonValue): ZohoRecord | undefined
  /** What the search index shows by now. */
  searchable(module: string): ZohoRecord[]
  writes(): ZohoWrite[]
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

const FIRST_ID = 4150868000008120001n
/** More than any test or demo writes; the counts are worked out from them. */
const KEPT_WRITES = 200_000

/** The person that the access token belongs to. */
export const zohoUser: JsonObject = { name: 'Dana Whitfield', id: '4150868000000225013' }

/** Who may own records. */
export const zohoUsers: readonly JsonObject[] = [zohoUser, { name: 'Robin Osei', id: '4150868000000225014' }]

/** Zoho's form of a moment: an offset and no fraction of a second. */
export const zohoTime = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, '+00:00')

const comparable = (value: JsonValue | undefined): string | undefined =>
  value === undefined || value === null
    ? undefined
    : typeof value === 'string'
      ? value.toLowerCase()
      : canonicalJson(value)

export const createZohoStore = (clock: SimulatorClock, log: StateLog, searchLag: () => number): ZohoStore => {
  const modules = new Map<string, Map<string, ZohoRecord>>()
  const indexes = new Map<string, Map<string, IndexEntry>>()
  /** Ids by value, for each `module.field` that was ever looked up. */
  const ids = new Map<string, Map<string, string>>()
  let writes: ZohoWrite[] = []
  let nextId = FIRST_ID

  const tableOf = (module: string): Map<string, ZohoRecord> => {
    const table = modules.get(module) ?? new Map<string, ZohoRecord>()
    modules.set(module, table)
    return table
  }

  const indexOf = (module: string): Map<string, IndexEntry> => {
    const index = indexes.get(module) ?? new Map<string, IndexEntry>()
    indexes.set(module, index)
    return index
  }

  const index = (module: string, id: string, record: ZohoRecord | undefined, lag: number): void => {
    const entry = indexOf(module).get(id) ?? { shown: undefined, pending: [] }
    entry.pending.push({ visibleAt: clock.now().getTime() + lag, record })
    indexOf(module).set(id, entry)
  }

  const valuesOf = (module: string, apiName: string): Map<string, string> => {
    const known = ids.get(`${module}.${apiName}`)
    if (known !== undefined) return known
    const values = new Map<string, string>()
    for (const record of tableOf(module).values()) {
      const value = comparable(record[apiName])
      if (value !== undefined) values.set(value, record.id)
    }
    ids.set(`${module}.${apiName}`, values)
    return values
  }

  const reindex = (module: string, before: ZohoRecord | undefined, after: ZohoRecord | undefined): void => {
    for (const [name, values] of ids) {
      const [owner, apiName] = name.split('.')
      if (owner !== module || apiName === undefined) continue
      const old = comparable(before?.[apiName])
      const fresh = comparable(after?.[apiName])
      if (old !== undefined && values.get(old) === before?.id) values.delete(old)
      if (fresh !== undefined && after !== undefined) values.set(fresh, after.id)
    }
  }

  /** Ids are never given out twice, not even those of removed records. */
  const passId = (id: string): void => {
    const number = BigInt(id)
    if (number >= nextId) nextId = number + 1n
  }

  const keep = (module: string, record: ZohoRecord): void => {
    reindex(module, tableOf(module).get(record.id), record)
    tableOf(module).set(record.id, record)
    passId(record.id)
  }

  const drop = (module: string, record: ZohoRecord): void => {
    reindex(module, record, undefined)
    tableOf(module).delete(record.id)
  }

  const note = (write: ZohoWrite): void => {
    writes.push(write)
    if (writes.length > KEPT_WRITES) writes = writes.slice(-KEPT_WRITES / 2)
    log.append({ kind: 'zoho.write', value: write })
  }

  const remember = (module: string, record: ZohoRecord, action: 'insert' | 'update', changed: string[]): void => {
    keep(module, record)
    index(module, record.id, record, searchLag())
    log.append({ kind: 'zoho.record', value: { module, record } })
    note({ at: clock.now().toISOString(), module, id: record.id, action, changed })
  }

  return {
    get: (module, id) => tableOf(module).get(id),
    list: (module) => [...tableOf(module).values()],
    insert: (module, values) => {
      const at = zohoTime(clock.now())
      const id = String(nextId)
      const record: ZohoRecord = {
        Owner: zohoUser,
        Created_By: zohoUser,
        Modified_By: zohoUser,
        ...values,
        id,
        Created_Time: at,
        Modified_Time: at
      }
      remember(module, record, 'insert', Object.keys(values))
      return record
    },
    update: (module, id, values) => {
      const before = tableOf(module).get(id)
      if (before === undefined) return undefined
      const changed = Object.keys(values).filter(
        (name) => canonicalJson(values[name] ?? null) !== canonicalJson(before[name] ?? null)
      )
      const record = { ...before, ...values, Modified_By: zohoUser, Modified_Time: zohoTime(clock.now()) }
      remember(module, record, 'update', changed)
      return record
    },
    remove: (module, id) => {
      const before = tableOf(module).get(id)
      if (before === undefined) return false
      drop(module, before)
      index(module, id, undefined, searchLag())
      log.append({ kind: 'zoho.removed', value: { module, id } })
      note({ at: clock.now().toISOString(), module, id, action: 'delete', changed: [] })
      return true
    },
    findBy: (module, apiName, value) => {
      const wanted = comparable(value)
      const id = wanted === undefined ? undefined : valuesOf(module, apiName).get(wanted)
      return id === undefined ? undefined : tableOf(module).get(id)
    },
    searchable: (module) => {
      const now = clock.now().getTime()
      return [...indexOf(module).values()].flatMap((entry) => {
        while (entry.pending[0] !== undefined && entry.pending[0].visibleAt <= now) {
          entry.shown = entry.pending.shift()?.record
        }
        return entry.shown === undefined ? [] : [entry.shown]
      })
    },
    writes: () => writes,
    restore: (kind, value) => {
      const { module, record, id } = value
      if (kind === 'zoho.write') {
        writes.push(value as ZohoWrite)
        passId((value as ZohoWrite).id)
      }
      if (typeof module !== 'string') return
      const removed = kind === 'zoho.removed' && typeof id === 'string' ? tableOf(module).get(id) : undefined
      if (removed !== undefined) {
        drop(module, removed)
        index(module, removed.id, undefined, 0)
      }
      if (kind === 'zoho.record') {
        keep(module, record as ZohoRecord)
        index(module, (record as ZohoRecord).id, record as ZohoRecord, 0)
      }
    },
    remembered: () => [
      ...[...modules].flatMap(([module, table]) =>
        [...table.values()].map((record) => ({ kind: 'zoho.record', value: { module, record } }))
      ),
      ...writes.map((value) => ({ kind: 'zoho.write', value }))
    ],
    clear: () => {
      modules.clear()
      indexes.clear()
      ids.clear()
      writes = []
      nextId = FIRST_ID
    }
  }
}
