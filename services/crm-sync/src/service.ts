import { FieldMappingChecked, FieldMappingConfigured, PermanentError } from '@leadlog/contracts'
import {
  defineService,
  effectsUnresolved,
  openEffectLedger,
  testIntegrationsCommand,
  type IntegrationDeps
} from '@leadlog/service'
import { checkCrmSync, crmSyncConfig, objectKindsOf } from './config.ts'
import { connectCrm } from './connect-crm.ts'
import { crmIntegrations } from './crm-integrations.ts'
import { followUpTasks, type FollowUpDeps } from './follow-up/follow-up-tasks.reactor.ts'
import {
  changeFieldMappingCommand,
  rollBackFieldMappingCommand,
  type FieldMappingDeps
} from './mapping/change-field-mapping.command.ts'
import { checkFieldMappingCommand } from './mapping/check-field-mapping.command.ts'
import { createMappingBook, type MappingBook } from './mapping/mapping-book.ts'
import { verifyMapping } from './mapping/verify-mapping.ts'
import { CRM_SYNC_SCHEMA, crmSyncMigrations } from './migrations.ts'
import { createNoteWriter } from './note/note-writer.ts'
import { writeNotes, type WriteNotesDeps } from './note/write-notes.reactor.ts'
import { createObjectMappings, verifyObjects, type ObjectMappingSource } from './object/checked-objects.ts'
import { writeContactCommand, writeDealCommand, writeTaskCommand } from './object/object-commands.ts'
import { searchDealsCommand, type SearchDealsDeps } from './object/search-deals.command.ts'
import { createObjectWriter } from './object/object-writer.ts'
import { writeObjects, writeObjectsInBulk, type WriteObjectsDeps } from './object/write-objects.reactor.ts'
import { deleteRecords, type DeleteRecordsDeps } from './record/delete-records.reactor.ts'
import { queueWrites, type QueueWritesDeps } from './record/queue-writes.reactor.ts'
import { createRecordDeleter } from './record/record-deleter.ts'
import { createRecordWriter } from './record/record-writer.ts'
import { writeLeadCommand } from './record/write-lead.command.ts'
import { writeRecords, writeRecordsInBulk, type WriteRecordsDeps } from './record/write-records.reactor.ts'

interface CrmSyncDeps
  extends
    QueueWritesDeps,
    WriteRecordsDeps,
    WriteNotesDeps,
    WriteObjectsDeps,
    DeleteRecordsDeps,
    FollowUpDeps,
    SearchDealsDeps,
    FieldMappingDeps,
    IntegrationDeps {
  readonly mapping: MappingBook
  readonly uncheckedObjects: ObjectMappingSource
}

/** Keeps the CRM in step with the leads. */
export const crmSync = defineService({
  name: 'crm-sync',
  description: 'Keeps the CRM in step with the leads: one record per lead, one note per cause, whatever crashes.',
  defaultPort: 8087,
  config: crmSyncConfig,
  check: checkCrmSync,
  isEnabled: (config) => config.enabled,
  uses: { postgres: true, redis: true },
  metrics: [effectsUnresolved],
  migrations: crmSyncMigrations,
  setup: async (context): Promise<CrmSyncDeps> => {
    const { config, postgres } = context
    if (!postgres) throw new PermanentError('CRM_SYNC_DATABASE_MISSING', 'Set DATABASE_URL')
    const { provider, document, circuit, canRead, ...connected } = connectCrm(context)
    const mapping = createMappingBook({ log: context.log, provider, configured: document, canRead })
    await mapping.configure()
    const objects = createObjectMappings(connected.objects, provider, canRead)
    const verifyAll = async () => {
      const leads = await verifyMapping(mapping)
      return leads.checked ? verifyObjects(objects, objectKindsOf(config)) : leads
    }
    const verified = await verifyAll()
    if (!verified.checked)
      context.logger.warn({ because: verified.because }, 'the field mapping could not be checked yet')
    if (!config.dryRun) {
      context.readiness.add('crm', async () => {
        const now = await verifyAll()
        return now.checked ? { ok: true, detail: `circuit ${circuit.state()}` } : { ok: false, detail: now.because }
      })
    }
    const ledger = openEffectLedger(context, postgres.db, {
      schema: CRM_SYNC_SCHEMA,
      leaseSeconds: config.effectLeaseSeconds,
      ttlSeconds: config.effectTtlSeconds,
      // The newest write of each record stays: an erasure takes from it which records there are.
      keepNewestBy: 'crmId'
    })
    return {
      target: { provider: provider.name, module: document.module },
      maxNoteLength: provider.maxNoteLength,
      mapping,
      records: createRecordWriter(provider, ledger),
      notes: createNoteWriter(provider, ledger),
      deleter: createRecordDeleter(provider, ledger),
      noteValues: (note) => provider.noteValues(note),
      crm: provider.name,
      integrations: crmIntegrations({
        config,
        provider,
        module: document.module,
        canRead,
        circuit: () => circuit.state()
      }),
      privateHosts: config.privateHosts,
      objects,
      objectWriter: createObjectWriter(provider, ledger),
      searchRecords: canRead ? (...asked) => provider.searchRecords(...asked) : null,
      followUpAfterDays: config.followUpTasks ? config.followUpTaskDays : null,
      dryRun: config.dryRun,
      uncheckedObjects: createObjectMappings(connected.objects, provider, false)
    }
  },
  reactors: [
    queueWrites,
    writeRecords,
    writeRecordsInBulk,
    writeNotes,
    writeObjects,
    writeObjectsInBulk,
    followUpTasks,
    deleteRecords
  ],
  commands: [
    writeLeadCommand,
    writeContactCommand,
    writeDealCommand,
    writeTaskCommand,
    searchDealsCommand,
    changeFieldMappingCommand,
    rollBackFieldMappingCommand,
    checkFieldMappingCommand,
    testIntegrationsCommand('crm-sync')
  ],
  appends: [FieldMappingConfigured, FieldMappingChecked],
  // As in a dry run: what would be written is planned, by the mapping in force; the CRM is not asked.
  simulate: (deps) => ({
    ...deps,
    mapping: { ...deps.mapping, ...deps.mapping.unchecked },
    objects: deps.uncheckedObjects,
    dryRun: true
  }),
  projections: []
})
