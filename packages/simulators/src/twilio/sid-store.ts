import type { JsonObject } from '../json.ts'
import type { StateLog } from '../state-log.ts'

/** Things with a sid, which outlive a restart where the state does. */
export interface SidStore<Entry extends { sid: string }> {
  /** Keeps the entry as it is now. */
  save(entry: Entry): void
  get(sid: string): Entry | undefined
  remove(sid: string): void
  /** The newest first. */
  list(): Entry[]
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

interface Options<Entry> {
  kind: string
  most: number
  /** Of an entry that an earlier run left in the middle of something. */
  wakeUp?: (entry: Entry) => void
}

export const createSidStore = <Entry extends { sid: string }>(
  log: StateLog,
  { kind, most, wakeUp }: Options<Entry>
): SidStore<Entry> => {
  const entries = new Map<string, Entry>()
  const gone = `${kind}.gone`
  const keep = (entry: Entry): void => {
    entries.set(entry.sid, entry)
    for (const [sid] of entries) {
      if (entries.size <= most) break
      entries.delete(sid)
    }
  }
  return {
    save: (entry) => {
      keep(entry)
      log.append({ kind, value: structuredClone(entry) })
    },
    get: (sid) => entries.get(sid),
    remove: (sid) => {
      if (entries.delete(sid)) log.append({ kind: gone, value: { sid } })
    },
    list: () => [...entries.values()].reverse(),
    restore: (restored, value) => {
      if (restored === gone && typeof value.sid === 'string') entries.delete(value.sid)
      if (restored !== kind) return
      const entry = structuredClone(value) as unknown as Entry
      wakeUp?.(entry)
      keep(entry)
    },
    remembered: () => [...entries.values()].map((entry) => ({ kind, value: entry })),
    clear: () => entries.clear()
  }
}
