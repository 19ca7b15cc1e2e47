import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { manifestFacts, manifestText } from '../backup/backup-text.ts'
import { openPlaces, placeOptions, readBackupKey } from '../backup/backup-places.ts'
import { followProgress } from '../backup/follow-progress.ts'
import type { Context } from '../context.ts'
import { flag, text } from '../declaration/option.ts'
import { defineVerb, optionalArgument } from '../declaration/verb.ts'
import { usageError } from '../errors.ts'
import { bytes, counted } from '../output/quantity.ts'
import { serviceMigrations } from '../system/service-migrations.ts'

export const verb = defineVerb({
  description:
    'Reads a backup and its keys from the first byte to the last: everything is there, as it was written, and opens. With ' +
    '--drill it is restored into throw-away servers as well and compared with its source, message by message and row by ' +
    'row. They are started on this machine, unless --nats-url and --database-url name empty ones.',
  arguments: { id: optionalArgument('which backup; the newest complete one by default') },
  options: {
    ...placeOptions,
    keysId: text('which backup of the keys; the newest by default', { placeholder: '<id>' }),
    drill: flag('restore it into throw-away servers and compare'),
    natsUrl: text('an empty NATS server for the drill', { placeholder: '<url>' }),
    databaseUrl: text('an empty database for the drill', { placeholder: '<url>' })
  },
  examples: [
    ['leadlog verify --store /backups --keys-store /mnt/keys', 'reads the newest backup'],
    ['leadlog verify --drill', 'restores it on this machine and compares; places by BACKUP_STORE, BACKUP_KEYS_STORE']
  ],
  exitCodes: { 1: 'the backup cannot be relied on' },
  async run(context, { id, store, keysStore, keysId, drill: withDrill, natsUrl, databaseUrl }) {
    const places = await openPlaces(context, { store, keysStore })
    const { parseMasterKeys } = await import('@leadlog/service')
    const { drill, verifyBackup } = await import('@leadlog/backup')
    const progress = followProgress(context)
    const common = { ...places, id, keysId, backupKey: await readBackupKey(context), onProgress: progress.onProgress }
    try {
      const verified = await verifyBackup(common)
      const { masterKey, masterKeysOther } = await context.connect.config()
      const drilled = withDrill
        ? await drill({
            ...common,
            id: verified.data.id,
            keysId: verified.keys.id,
            masterKey,
            otherMasterKeys: parseMasterKeys(masterKeysOther),
            migrations: serviceMigrations(),
            target: await drillServers(context, natsUrl, databaseUrl)
          })
        : null
      return {
        value: {
          data: manifestFacts(verified.data),
          keys: manifestFacts(verified.keys),
          chunks: verified.chunks,
          bytes: verified.bytes,
          drill: drilled && {
            streams: drilled.streams,
            tables: drilled.tables,
            masterKeyOpens: masterKey !== undefined
          }
        },
        text: () =>
          [
            manifestText(verified.data, context.out.style),
            manifestText(verified.keys, context.out.style),
            `${counted(verified.chunks, 'chunk')} read, ${bytes(verified.bytes)}: as written` +
              (drilled ? '. Restored and compared: equal to the source' : '. What they hold is seen by --drill')
          ].join('\n\n')
      }
    } finally {
      progress.stop()
    }
  }
})

/** The empty servers that were named, or new ones that end with the verb. */
async function drillServers(context: Context, natsUrl: string | undefined, databaseUrl: string | undefined) {
  if (natsUrl !== undefined && databaseUrl !== undefined) return { natsUrl, databaseUrl }
  if (natsUrl !== undefined || databaseUrl !== undefined) {
    throw usageError('Give both --nats-url and --database-url, or neither')
  }
  const { startNats, startPostgres } = await import('@leadlog/local/servers')
  const folder = await mkdtemp(path.join(tmpdir(), 'leadlog-drill-'))
  context.connect.onClose(() => rm(folder, { recursive: true, force: true }))
  const nats = await startNats({ dataDir: path.join(folder, 'nats'), syncAlways: false, background: true })
  context.connect.onClose(() => nats.kill())
  const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), durable: false, background: true })
  context.connect.onClose(() => postgres.kill())
  return { natsUrl: nats.url, databaseUrl: postgres.url }
}
