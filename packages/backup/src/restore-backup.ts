import { compareVersions } from '@leadlog/event-log'
import { destroyKeysAgain, listDestroyedKeys, type DestroyedKey } from '@leadlog/keyring'
import type { ServiceMigrations } from '@leadlog/service'
import { openBackup } from './backups.ts'
import { backupError, backupErrors } from './errors.ts'
import type { Manifest } from './format/manifest.ts'
import type { BackupPlace } from './format/parts.ts'
import type { BackupKey } from './key/backup-key.ts'
import type { OnProgress } from './progress.ts'
import { discardRestored, MARKED_STREAM, markOf, requireEmpty } from './restore-mark.ts'
import { restoreStream, unmarkStream, type StreamRestore } from './restore-streams.ts'
import { requireMigrations, restoreTables, unmarkSchemas } from './restore-tables.ts'
import type { BackupStore } from './store/backup-store.ts'
import { withNats, type OpenNats, type SystemAddress } from './system.ts'

const DAY_MS = 86_400_000

/** As long as webhooks stay readable: what a provider or an operator sends again comes within that time. */
const LOOK_FIRST_DAYS = 30

export interface RestoreOptions {
  /** Empty servers. The prefix is that of the backup. */
  readonly target: Pick<SystemAddress, 'natsUrl' | 'databaseUrl'>
  readonly store: BackupStore
  readonly keysStore: BackupStore
  readonly backupKey: BackupKey
  /** The newest complete ones by default. */
  readonly id?: string | undefined
  readonly keysId?: string | undefined
  /** Of every service of this release. */
  readonly migrations: readonly ServiceMigrations[]
  /** Copies of every message, where the new server has another number of nodes. */
  readonly replicas?: number | undefined
  /** Keys destroyed since the backup of the keys, from a list that an operator keeps. */
  readonly destroyed?: readonly DestroyedKey[] | undefined
  /** The system that was backed up, where its NATS still answers: what was destroyed there is destroyed here. */
  readonly erasuresFrom?: Pick<SystemAddress, 'natsUrl' | 'prefix'> | undefined
  /** Removes first what an interrupted restore left behind. */
  readonly discardInterrupted?: boolean | undefined
  /** How long effects of which the ledger does not know are looked up before they are performed. Default 30. */
  readonly lookFirstDays?: number | undefined
  readonly onProgress?: OnProgress | undefined
  readonly clock?: (() => Date) | undefined
}

export interface Restored {
  readonly data: Manifest
  readonly keys: Manifest
  /** Keys that the backup still held and that were destroyed again. */
  readonly destroyedAgain: readonly string[]
}

/**
 * Restores a backup into empty servers; nothing is ever overwritten. Read models are not in it: the gateway builds them
 * from the log when it starts.
 *
 * It cannot be resumed. When it fails, what it made is removed; when its process dies, every service refuses to start on
 * what is left, and the next restore says so or, with `discardInterrupted`, begins anew.
 *
 * @throws PermanentError `RESTORE_TARGET_NOT_EMPTY`, `RESTORE_INTERRUPTED`, `RESTORE_SERVER_TOO_OLD`,
 * `RESTORE_RELEASE_TOO_OLD`, `BACKUP_KEYS_MISSING`, and those of {@link openBackup} and of reading a backup
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { target, store, keysStore, backupKey, erasuresFrom } = options
  const data = await openBackup(store, 'data', backupKey, options.id)
  const keys = await openKeysFor(data.manifest, keysStore, backupKey, options.keysId)
  requireMigrations(data.manifest, options.migrations)
  const elsewhere = erasuresFrom ? await withNats(erasuresFrom, (nats) => listDestroyedKeys(place(nats))) : []
  const destroyed = [...elsewhere, ...(options.destroyed ?? [])]

  return withNats({ natsUrl: target.natsUrl, prefix: data.manifest.prefix }, async (nats) => {
    requireServer(nats, data.manifest)
    await requireEmpty(nats, target.databaseUrl, options.discardInterrupted ?? false)
    try {
      const at = options.clock?.() ?? new Date()
      await fill(options, nats, { data, keys }, { forDrill: false, at })
      const destroyedAgain = await destroyKeysAgain(place(nats), destroyed, at)
      await release(target.databaseUrl, nats, data.manifest, keys.manifest)
      return { data: data.manifest, keys: keys.manifest, destroyedAgain }
    } catch (error) {
      // What cannot be removed now is marked, and the next restore finds it.
      await discardRestored(nats, target.databaseUrl).catch(() => undefined)
      throw error
    }
  })
}

/** A backup with what opens it. */
export interface OpenedBackup {
  readonly manifest: Manifest
  readonly place: BackupPlace
}

/**
 * The backup of the keys that belongs to the data: the newest, since it knows best who was erased; never one that is
 * older than the data, since it would lack keys.
 *
 * @throws PermanentError `BACKUP_KEYS_MISSING`
 */
export async function openKeysFor(
  data: Manifest,
  keysStore: BackupStore,
  backupKey: BackupKey,
  id?: string
): Promise<OpenedBackup> {
  const keys = await openBackup(keysStore, 'keys', backupKey, id).catch((error: unknown) => {
    if ((error as { code?: string }).code !== backupErrors.notFound) throw error
    throw backupError(
      backupErrors.keysMissing,
      `There is no backup of the encryption keys in ${keysStore.location}. Without it the data of backup ${data.id} cannot be read by anyone. Check the address given for the keys.`,
      error
    )
  })
  if (keys.manifest.prefix !== data.prefix || keys.manifest.startedAt < data.startedAt) {
    throw backupError(
      backupErrors.keysMissing,
      `The keys of backup ${keys.manifest.id} do not fit the data of ${data.id}: they are older, or of another system. Take the keys of ${data.keysId} or newer ones.`
    )
  }
  return keys
}

/**
 * Everything into the empty servers, marked as not finished. For a drill exactly as it was: also what is past its time,
 * and the tables of the release that made the backup.
 */
export async function fill(
  options: Pick<RestoreOptions, 'target' | 'migrations' | 'replicas' | 'lookFirstDays' | 'onProgress'>,
  nats: OpenNats,
  { data, keys }: { data: OpenedBackup; keys: OpenedBackup },
  { forDrill, at }: { forDrill: boolean; at: Date }
): Promise<void> {
  const { target, migrations, onProgress, replicas = null, lookFirstDays = LOOK_FIRST_DAYS } = options
  const mark = markOf(data.manifest.id)
  const streams: StreamRestore = { nats, mark, replicas, keepExpired: forDrill, onProgress }
  const { consumers } = data.manifest
  for (const entry of markedFirst(data.manifest)) await restoreStream(streams, data.place, entry, consumers)
  const use = forDrill ? null : { restoredAt: at, lookFirstUntil: new Date(at.getTime() + lookFirstDays * DAY_MS) }
  const tables = { databaseUrl: target.databaseUrl, migrations, mark, use, onProgress }
  await restoreTables(tables, data.manifest, data.place)
  for (const entry of keys.manifest.streams) await restoreStream(streams, keys.place, entry, [])
}

/** Lets the services in; the stream that keeps them out comes last. */
async function release(databaseUrl: string, nats: OpenNats, data: Manifest, keys: Manifest): Promise<void> {
  await unmarkSchemas(databaseUrl, data)
  for (const entry of keys.streams) await unmarkStream({ nats }, entry)
  for (const entry of markedFirst(data).reverse()) await unmarkStream({ nats }, entry)
}

function markedFirst({ streams }: Manifest): Manifest['streams'] {
  const isMarked = ({ logical }: { logical: string }): boolean => logical === MARKED_STREAM
  return [...streams.filter(isMarked), ...streams.filter((entry) => !isMarked(entry))]
}

/** Older servers may not read what a newer one copied, and would say so in words that help nobody. */
export function requireServer(nats: OpenNats, { id, natsVersion }: Manifest): void {
  if (compareVersions(nats.version, natsVersion) >= 0) return
  throw backupError(
    backupErrors.targetTooOld,
    `Backup ${id} was made by nats-server ${natsVersion}; the one at ${nats.connection.getServer()} is ${nats.version}. Upgrade it to ${natsVersion} or newer.`
  )
}

function place({ connection, naming }: OpenNats) {
  return { connection, prefix: naming.prefix }
}
