import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { ERASED, PermanentError } from '@leadlog/contracts'
import { createEffectLedger, type TokenSeal } from '@leadlog/outbound'
import { defineService, vendorMetrics, type ServiceContext } from '@leadlog/service'
import { checkCrmSync, crmSyncConfig } from './config.ts'
import { createMappingSource, createUncheckedMappingSource } from './mapping/checked-mapping.ts'
import { configuredMapping } from './mapping/configured-mapping.ts'
import type { MappingDocument } from './mapping/mapping-document.ts'
import { verifyMapping } from './mapping/verify-mapping.ts'
import { CRM_SYNC_SCHEMA, crmSyncMigrations } from './migrations.ts'
import { createNoteWriter } from './note/note-writer.ts'
import { writeNotes, type WriteNotesDeps } from './note/write-notes.reactor.ts'
import { queueWrites, type QueueWritesDeps } from './record/queue-writes.reactor.ts'
import { createRecordWriter } from './record/record-writer.ts'
import { writeLeadCommand } from './record/write-lead.command.ts'
import { writeRecords, writeRecordsInBulk, type WriteRecordsDeps } from './record/write-records.reactor.ts'
import { connectZoho, type ZohoConnection } from './zoho/connect-zoho.ts'

type Context = ServiceContext<typeof crmSyncConfig>

/** The key that access tokens in Redis are sealed under. */
const TOKEN_KEY_ID = 'vendor-tokens'

/** Keeps the CRM in step with the leads. */
export const crmSync = defineService({
  name: 'crm-sync',
  description: 'Keeps the CRM in step with the leads: one record per lead, one note per cause, whatever crashes.',
  defaultPort: 8087,
  config: crmSyncConfig,
  check: checkCrmSync,
  isEnabled: (config) => config.enabled,
  uses: { postgres: true, redis: true },
  migrations: crmSyncMigrations,
  setup: async (context): Promise<QueueWritesDeps & WriteRecordsDeps & WriteNotesDeps> => {
    const { config, postgres, clock } = context
    if (!postgres) throw new PermanentError('CRM_SYNC_DATABASE_MISSING', 'Set DATABASE_URL')
    const document = configuredMapping(config)
    const zoho = zohoOf(context, document)
    const canRead =
      config.zohoClientId !== undefined &&
      config.zohoClientSecret !== undefined &&
      config.zohoRefreshToken !== undefined
    const mapping = canRead ? createMappingSource(document, zoho.provider) : createUncheckedMappingSource(document)
    const verified = await verifyMapping(mapping)
    if (!verified.checked)
      context.logger.warn({ because: verified.because }, 'the field mapping could not be checked yet')
    if (!config.dryRun) {
      context.readiness.add('crm', async () => {
        const now = await verifyMapping(mapping)
        return now.checked
          ? { ok: true, detail: `circuit ${zoho.circuit.state()}` }
          : { ok: false, detail: now.because }
      })
    }
    const ledger = createEffectLedger({
      db: postgres.db,
      schema: CRM_SYNC_SCHEMA,
      clock: () => clock.now(),
      leaseMs: config.effectLeaseSeconds * 1000,
      owner: `${hostname()}-${randomUUID()}`,
      logger: context.logger
    })
    return {
      target: { provider: 'zoho', module: document.module },
      maxNoteLength: zoho.provider.maxNoteLength,
      mapping,
      records: createRecordWriter(zoho.provider, ledger),
      notes: createNoteWriter(zoho.provider, ledger),
      dryRun: config.dryRun
    }
  },
  reactors: [queueWrites, writeRecords, writeRecordsInBulk, writeNotes],
  commands: [writeLeadCommand],
  projections: []
})

function zohoOf(
  { config, logger, redis, metrics, keyring, clock, onStop }: Context,
  mapping: MappingDocument
): ZohoConnection {
  const { onCallEnded, onCircuitChange } = vendorMetrics(metrics, 'zoho')
  const connection = connectZoho({
    dataCentre: config.zohoDc,
    accountsUrl: config.zohoAccountsUrl,
    apiUrl: config.zohoApiUrl,
    apiVersion: config.zohoApiVersion,
    credentials: {
      clientId: config.zohoClientId ?? '',
      clientSecret: config.zohoClientSecret ?? '',
      refreshToken: config.zohoRefreshToken ?? ''
    },
    mapping,
    ratePerMinute: config.ratePerMinute,
    ratePerDay: config.ratePerDay,
    redis,
    seal: tokenSeal(keyring),
    timeoutMs: config.zohoTimeoutSeconds * 1000,
    logger,
    clock: () => clock.now(),
    onCallEnded,
    onCircuitChange
  })
  onStop(() => connection.close())
  return connection
}

function tokenSeal(keyring: Context['keyring']): TokenSeal {
  const context = 'zoho-access-token'
  return {
    seal: (token) => keyring.seal(TOKEN_KEY_ID, token, context),
    open: async (sealed) => {
      const token = await keyring.open(TOKEN_KEY_ID, sealed, context)
      if (token === ERASED || typeof token !== 'string')
        throw new PermanentError('CRM_SYNC_TOKEN_UNREADABLE', 'The shared access token cannot be opened')
      return token
    }
  }
}
