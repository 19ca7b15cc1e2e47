import { listBackups, removeBackup, type BackupSummary } from './backups.ts'
import type { BackupKind } from './format/manifest.ts'
import type { BackupStore } from './store/backup-store.ts'

const DAY_MS = 86_400_000

/** A backup that is not finished by then is not being made any more. */
const ABANDONED_AFTER_MS = DAY_MS

export interface Retention {
  /** How many complete backups stay, at least one. */
  readonly keep?: number | undefined
  /** Older ones go, whatever their number; the newest always stays. */
  readonly keepDays?: number | undefined
}

/** Removes what retention does not keep, and what was left unfinished. Gives the ids removed. */
export async function pruneBackups(
  store: BackupStore,
  kind: BackupKind,
  retention: Retention,
  now: Date
): Promise<string[]> {
  const backups = await listBackups(store, kind)
  const complete = backups.filter((backup) => backup.complete)
  const age = (backup: BackupSummary): number => now.getTime() - backup.startedAt.getTime()
  const goes = (backup: BackupSummary): boolean => {
    if (!backup.complete) return age(backup) > ABANDONED_AFTER_MS
    const place = complete.indexOf(backup)
    if (place === 0) return false
    return place >= (retention.keep ?? Infinity) || age(backup) > (retention.keepDays ?? Infinity) * DAY_MS
  }
  const removed = backups.filter(goes).map(({ id }) => id)
  for (const id of removed) await removeBackup(store, kind, id)
  return removed
}
