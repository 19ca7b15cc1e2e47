import type { EffectLedger } from '@leadlog/outbound'
import type { CrmProvider } from './crm-provider.ts'
import { createMappingSource, createUncheckedMappingSource, type MappingSource } from './mapping/checked-mapping.ts'
import type { MappingDocument } from './mapping/mapping-document.ts'
import { createNoteWriter } from './note/note-writer.ts'
import type { WriteNotesDeps } from './note/write-notes.reactor.ts'
import type { QueueWritesDeps } from './record/queue-writes.reactor.ts'
import { createRecordWriter } from './record/record-writer.ts'
import type { WriteRecordsDeps } from './record/write-records.reactor.ts'

/** Everything that the service's reactors need. */
export type CrmSyncDeps = QueueWritesDeps & WriteRecordsDeps & WriteNotesDeps

export interface CrmSyncDepsOptions {
  readonly provider: CrmProvider
  readonly document: MappingDocument
  readonly ledgers: { readonly records: EffectLedger; readonly notes: EffectLedger }
  readonly dryRun: boolean
  /**
   * False where there are no credentials to read the CRM's fields with: the mapping is then used as it stands, which
   * only a dry run may do.
   */
  readonly canReadFields: boolean
}

export function createCrmSyncDeps(options: CrmSyncDepsOptions): CrmSyncDeps {
  const { provider, document, ledgers, dryRun, canReadFields } = options
  const mapping: MappingSource =
    dryRun && !canReadFields ? createUncheckedMappingSource(document) : createMappingSource(document, provider)
  return {
    target: { provider: provider.name, module: document.module },
    maxNoteLength: provider.maxNoteLength,
    mapping,
    records: createRecordWriter(provider, ledgers.records),
    notes: createNoteWriter(provider, ledgers.notes),
    dryRun
  }
}
