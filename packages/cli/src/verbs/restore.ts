import { manifestFacts, manifestText } from '../backup/backup-text.ts'
import { openPlaces, placeOptions, readBackupKey, readSystem } from '../backup/backup-places.ts'
import { followProgress } from '../backup/follow-progress.ts'
import { flag, list, number, text } from '../declaration/option.ts'
import { defineVerb, optionalArgument } from '../declaration/verb.ts'
import { counted } from '../output/quantity.ts'
import { serviceMigrations } from '../system/service-migrations.ts'

export const verb = defineVerb({
  description:
    'Into empty servers, those of NATS_URL and DATABASE_URL; nothing is ever overwritten. Start no service before it has ' +
    'ended. Read models are not part of a backup: the gateway builds them from the log when it starts. A restore cannot be ' +
    'resumed; --discard-interrupted removes what an interrupted one left behind, and begins anew.',
  arguments: { id: optionalArgument('which backup; the newest complete one by default') },
  options: {
    ...placeOptions,
    keysId: text('which backup of the keys; the newest by default, since it knows best who was erased', {
      placeholder: '<id>'
    }),
    erasuresFrom: text('NATS of the old system, where it still answers: who was erased there is erased here', {
      placeholder: '<url>'
    }),
    destroyed: list('ids of keys that were destroyed since', { placeholder: '<key id>' }),
    replicas: number('copies of every message on the new servers; 0 leaves them as they were', {
      min: 0,
      max: 5,
      default: 0
    }),
    lookFirstDays: number('how long notes that are not known as written are looked up in the CRM first', {
      min: 0,
      max: 3_650,
      default: 30
    }),
    discardInterrupted: flag('begin anew where a restore was interrupted')
  },
  dangerous: true,
  examples: [
    ['leadlog restore --store /backups --keys-store /mnt/keys', 'the newest backup'],
    ['leadlog restore 2026-11-18T10-00-00.000Z-3f9a01 --erasures-from nats://old:4222 --yes', 'a certain one']
  ],
  async run(context, { id, store, keysStore, keysId, erasuresFrom, destroyed, replicas, ...options }) {
    const places = await openPlaces(context, { store, keysStore })
    const backupKey = await readBackupKey(context)
    const target = await readSystem(context)
    await context.confirm(`Restore ${id ?? 'the newest backup'} into ${target.natsUrl} and its database?`)
    const { restoreBackup } = await import('@leadlog/backup')
    const progress = followProgress(context)
    const { data, keys, destroyedAgain } = await restoreBackup({
      ...places,
      ...options,
      backupKey,
      target,
      id,
      keysId,
      migrations: serviceMigrations(),
      replicas: replicas === 0 ? undefined : replicas,
      destroyed: destroyed.map((keyId) => ({ keyId })),
      erasuresFrom: erasuresFrom === undefined ? undefined : { natsUrl: erasuresFrom, prefix: target.prefix },
      onProgress: progress.onProgress,
      clock: context.now
    }).finally(() => progress.stop())
    return {
      value: { data: manifestFacts(data), keys: manifestFacts(keys), destroyedAgain },
      text: () =>
        [
          manifestText(data, context.out.style),
          manifestText(keys, context.out.style),
          `${counted(destroyedAgain.length, 'key')} destroyed again. Start the services now.`
        ].join('\n\n')
    }
  }
})
