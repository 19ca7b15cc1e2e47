import type { JsonObject } from './json.ts'
import type { StateLog } from './state-log.ts'

/** The newest entries of one kind, which outlive a restart where the state does. */
export interface KeptList<Entry extends JsonObject> {
  add(entry: Entry): void
  /** The newest last. */
  list(): Entry[]
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

export const createKeptList = <Entry extends JsonObject>(
  log: StateLog,
  { kind, most }: { kind: string; most: number }
): KeptList<Entry> => {
  let entries: Entry[] = []
  const keep = (entry: Entry): void => {
    entries.push(entry)
    if (entries.length > most * 1.2) entries = entries.slice(-most)
  }
  return {
    add: (entry) => {
      keep(entry)
      log.append({ kind, value: entry })
    },
    list: () => entries,
    restore: (restored, value) => {
      if (restored === kind) keep(value as Entry)
    },
    remembered: () => entries.map((value) => ({ kind, value })),
    clear: () => {
      entries = []
    }
  }
}
