import { backupError, backupErrors } from './errors.ts'
import { folderOf, isManifest, isStarted, manifestName, placeOf, type PlaceKind } from './format/backup-names.ts'
import { openManifest, readManifestUnproved, type BackupKind, type Manifest } from './format/manifest.ts'
import type { BackupPlace } from './format/parts.ts'
import type { BackupKey } from './key/backup-key.ts'
import type { BackupStore } from './store/backup-store.ts'

/** A backup as a listing shows it. What it says of its content is proved only when it is read. */
export interface BackupSummary {
  readonly kind: BackupKind
  readonly id: string
  /** False while it is made, and for one whose making was interrupted. */
  readonly complete: boolean
  readonly startedAt: Date
  /** As stored. */
  readonly bytes: number
  /** Of its streams, by name; empty when it is not complete. */
  readonly sequences: Readonly<Record<string, number>>
}

/** The backups of one kind in a store, the newest first. */
export async function listBackups(store: BackupStore, kind: BackupKind): Promise<BackupSummary[]> {
  const found = new Map<string, { bytes: number; complete: boolean; started: boolean }>()
  for await (const { name, size } of store.list(`${kind}/`)) {
    const place = placeOf(name, kind)
    if (place === null) continue
    const entry = found.get(place.id) ?? { bytes: 0, complete: false, started: false }
    entry.bytes += size
    entry.complete ||= isManifest(place.file)
    entry.started ||= isStarted(place.file)
    found.set(place.id, entry)
  }
  const summaries: BackupSummary[] = []
  for (const [id, { bytes, complete }] of found) {
    const manifest = complete ? await manifestUnproved(store, kind, id) : null
    const streams = manifest?.streams ?? []
    summaries.push({
      kind,
      id,
      complete: manifest !== null,
      startedAt: timeOf(id),
      bytes,
      sequences: Object.fromEntries(streams.map(({ logical, lastSequence }) => [logical, lastSequence]))
    })
  }
  return summaries.sort((a, b) => (a.id < b.id ? 1 : -1))
}

/**
 * Opens a backup: the one of the id, or the newest complete one.
 *
 * @throws PermanentError `BACKUP_NOT_FOUND`, `BACKUP_INCOMPLETE`, `BACKUP_KEY_WRONG`, `BACKUP_MANIFEST_CHANGED`
 */
export async function openBackup(
  store: BackupStore,
  kind: BackupKind,
  backupKey: BackupKey,
  id?: string
): Promise<{ manifest: Manifest; place: BackupPlace }> {
  const chosen = id ?? (await listBackups(store, kind)).find(({ complete }) => complete)?.id
  if (chosen === undefined) {
    throw backupError(
      backupErrors.notFound,
      `There is no complete backup of ${kind} in ${store.location}. Check the address; "leadlog backup list" shows what is there.`
    )
  }
  const bytes = await store.get(manifestName(kind, chosen))
  if (bytes === null) {
    const parts = store.list(folderOf(kind, chosen))[Symbol.asyncIterator]()
    const known = !(await parts.next()).done
    throw known
      ? backupError(
          backupErrors.incomplete,
          `Backup ${chosen} in ${store.location} has no manifest: its making was interrupted, or is under way. Use another one.`
        )
      : backupError(backupErrors.notFound, `There is no backup ${chosen} of ${kind} in ${store.location}.`)
  }
  const { manifest, key } = openManifest(bytes, backupKey)
  if (manifest.id !== chosen || manifest.kind !== kind) {
    throw backupError(
      backupErrors.manifestChanged,
      `The manifest of backup ${chosen} is that of ${manifest.kind} ${manifest.id}. Use another backup.`
    )
  }
  return { manifest, place: { store, kind, id: chosen, key } }
}

/** Removes a backup; its manifest first, so that an interruption leaves an incomplete one and never a damaged one. */
export async function removeBackup(store: BackupStore, kind: PlaceKind, id: string): Promise<void> {
  await store.remove(manifestName(kind, id))
  const names: string[] = []
  for await (const { name } of store.list(folderOf(kind, id))) names.push(name)
  for (const name of names) await store.remove(name)
}

async function manifestUnproved(store: BackupStore, kind: BackupKind, id: string): Promise<Manifest | null> {
  const bytes = await store.get(manifestName(kind, id))
  try {
    return bytes && readManifestUnproved(bytes)
  } catch {
    // Shown as incomplete; opening it says what is wrong.
    return null
  }
}

/** `2026-11-18T10-00-00.123Z-3f9a01` → its moment. */
function timeOf(id: string): Date {
  const [date = '', time = ''] = id.slice(0, 23).split('T')
  return new Date(`${date}T${time.replaceAll('-', ':')}Z`)
}
