import { manifestFacts, manifestText } from '../../backup/backup-text.ts'
import { openPlaces, placeOptions, readBackupKey, readSystem } from '../../backup/backup-places.ts'
import { number } from '../../declaration/option.ts'
import { defineVerb } from '../../declaration/verb.ts'

export const verb = defineVerb({
  description: 'Run it after a person was erased: a restore takes the newest backup of the keys, and then knows of it.',
  options: {
    ...placeOptions,
    keepDays: number('for how many days backups of the keys stay; the newest always does', {
      min: 1,
      max: 100_000,
      default: 7
    })
  },
  examples: [['leadlog backup keys --store /backups --keys-store /mnt/keys', 'a backup of the keys alone']],
  async run(context, { store, keysStore, keepDays }) {
    const places = await openPlaces(context, { store, keysStore })
    // Sealed with the key of another system it could not be opened here.
    await context.connect.writingLog()
    const { createKeysBackup, pruneBackups } = await import('@leadlog/backup')
    const keys = await createKeysBackup({
      system: await readSystem(context),
      keysStore: places.keysStore,
      backupKey: await readBackupKey(context),
      clock: context.now
    })
    const removed = await pruneBackups(places.keysStore, 'keys', { keepDays }, context.now())
    return {
      value: { keys: manifestFacts(keys), removed },
      text: () => [manifestText(keys, context.out.style), ...removed.map((id) => `removed ${id}`)].join('\n')
    }
  }
})
