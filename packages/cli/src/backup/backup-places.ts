import type { BackupKey, BackupStore } from '@leadlog/backup'
import { text } from '../declaration/option.ts'
import type { Context } from '../context.ts'
import { notConfigured } from '../errors.ts'

/** The options by which every verb of backups finds its places. */
export const placeOptions = {
  store: text('where the backups are: a folder, or s3://bucket/prefix?endpoint=…; BACKUP_STORE otherwise', {
    placeholder: '<place>'
  }),
  keysStore: text('where the backups of the encryption keys are, another place; BACKUP_KEYS_STORE otherwise', {
    placeholder: '<place>'
  })
}

export interface Places {
  readonly store: BackupStore
  readonly keysStore: BackupStore
}

/** @throws CliError CLI_NOT_CONFIGURED that names the option and the variable */
export async function openPlaces(
  context: Context,
  given: { readonly store: string | undefined; readonly keysStore: string | undefined }
): Promise<Places> {
  const { backupStore, backupKeysStore } = await context.connect.config()
  const { openStore } = await import('@leadlog/backup')
  const open = (place: string | undefined, option: string, variable: string): BackupStore => {
    if (place === undefined) {
      throw notConfigured(`It is not known where the backups are: give ${option} <place>, or set ${variable}`)
    }
    const store = openStore(place)
    context.connect.onClose(() => store.close())
    return store
  }
  return {
    store: open(given.store ?? backupStore, '--store', 'BACKUP_STORE'),
    keysStore: open(given.keysStore ?? backupKeysStore, '--keys-store', 'BACKUP_KEYS_STORE')
  }
}

/**
 * The key of the backups: `BACKUP_KEY`, else the master key.
 *
 * @throws CliError CLI_NOT_CONFIGURED; PermanentError BACKUP_KEY_INVALID
 */
export async function readBackupKey(context: Context): Promise<BackupKey> {
  const { backupKey, masterKey } = await context.connect.config()
  const secret = backupKey ?? (masterKey && Buffer.from(masterKey).toString('base64'))
  if (secret === undefined) {
    throw notConfigured('Backups are sealed: set BACKUP_KEY, or LEADLOG_MASTER_KEY where no key of its own is kept')
  }
  const { parseBackupKey } = await import('@leadlog/backup')
  return parseBackupKey(secret)
}

/** @throws CliError CLI_NOT_CONFIGURED */
export async function readSystem(context: Context) {
  const { natsUrl, natsPrefix, databaseUrl } = await context.connect.config()
  if (natsUrl === undefined || databaseUrl === undefined) {
    throw notConfigured('It is not known which system is meant: set NATS_URL and DATABASE_URL')
  }
  return { natsUrl, databaseUrl, prefix: natsPrefix }
}
