import { manifestFacts, manifestText } from '../../backup/backup-text.ts'
import { openPlaces, placeOptions, readBackupKey, readSystem } from '../../backup/backup-places.ts'
import { followProgress } from '../../backup/follow-progress.ts'
import { unixSeconds, writeMetricsFile } from '../../backup/metrics-file.ts'
import { number, text } from '../../declaration/option.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { readModelTables } from '../../system/read-model-tables.ts'
import { serviceMigrations } from '../../system/service-migrations.ts'

const MANY = 100_000

export const verb = defineVerb({
  description:
    'Streams, positions of the handlers and tables of the services go to one place, the encryption keys to another. ' +
    'Nothing is stopped. Afterwards older backups are removed as far as --keep and --keep-keys-days say.',
  options: {
    ...placeOptions,
    keep: number('how many backups of the data stay', { min: 1, max: MANY, default: MANY }),
    keepKeysDays: number('for how many days backups of the keys stay; the newest always does', {
      min: 1,
      max: MANY,
      default: 7
    }),
    metricsFile: text('a file that says when the last backup succeeded, for the node exporter', {
      placeholder: '<file>'
    })
  },
  examples: [
    ['leadlog backup create --store /backups --keys-store /mnt/keys', 'into two folders'],
    [
      "leadlog backup create --store 's3://leadlog/prod?region=eu-central-1' --keys-store s3://leadlog-keys/prod --keep 30",
      'into two buckets; 30 backups stay'
    ]
  ],
  async run(context, { store, keysStore, keep, keepKeysDays, metricsFile }) {
    const [places, backupKey, system] = [
      await openPlaces(context, { store, keysStore }),
      await readBackupKey(context),
      await readSystem(context)
    ]
    // Sealed with the key of another system it could not be opened here.
    await context.connect.writingLog()
    const { createBackup, pruneBackups } = await import('@leadlog/backup')
    const progress = followProgress(context)
    const { data, keys } = await createBackup({
      ...places,
      system,
      backupKey,
      migrations: serviceMigrations(),
      readModels: readModelTables(),
      onProgress: progress.onProgress,
      clock: context.now
    }).finally(() => progress.stop())
    const [dataFacts, keysFacts] = [manifestFacts(data), manifestFacts(keys)]
    if (metricsFile !== undefined) {
      await writeMetricsFile(metricsFile, [
        {
          name: 'leadlog_backup_last_success_timestamp_seconds',
          help: 'When the last backup of the data and the keys was finished.',
          values: [{ value: unixSeconds(new Date(data.finishedAt)) }]
        },
        {
          name: 'leadlog_backup_last_size_bytes',
          help: 'Size of the last backup as stored.',
          values: [{ value: dataFacts.bytes }]
        }
      ])
    }
    const removed = {
      data: await pruneBackups(places.store, 'data', { keep }, context.now()),
      keys: await pruneBackups(places.keysStore, 'keys', { keepDays: keepKeysDays }, context.now())
    }
    return {
      value: { data: dataFacts, keys: keysFacts, removed },
      text: () =>
        [
          manifestText(data, context.out.style),
          manifestText(keys, context.out.style),
          ...[...removed.data, ...removed.keys].map((id) => `removed ${id}`)
        ].join('\n\n')
    }
  }
})
