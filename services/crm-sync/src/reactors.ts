import type { BatchReactor, Reactor } from '@leadlog/service'
import type { CrmSyncDeps } from './crm-sync-deps.ts'
import { writeNotes } from './note/write-notes.reactor.ts'
import { queueWrites } from './record/queue-writes.reactor.ts'
import { writeRecords, writeRecordsInBulk } from './record/write-records.reactor.ts'

/** Everything that the service does with events. */
export const reactors: readonly (Reactor<CrmSyncDeps> | BatchReactor<CrmSyncDeps>)[] = [
  queueWrites,
  writeRecords,
  writeRecordsInBulk,
  writeNotes
]
