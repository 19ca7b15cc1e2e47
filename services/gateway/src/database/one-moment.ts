import type { ReadDatabase } from './database.ts'

/** Several queries that see the same moment, whatever is written meanwhile. */
export function ofOneMoment<T>(db: ReadDatabase, read: (moment: ReadDatabase) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}
