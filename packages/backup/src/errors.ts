import { PermanentError, TransientError } from '@leadlog/contracts'

/** Codes of the errors that this package throws. */
export const backupErrors = {
  keyInvalid: 'BACKUP_KEY_INVALID',
  keyWrong: 'BACKUP_KEY_WRONG',
  keysNotApart: 'BACKUP_KEYS_NOT_APART',
  keysMissing: 'BACKUP_KEYS_MISSING',
  storeUnavailable: 'BACKUP_STORE_UNAVAILABLE',
  storeFull: 'BACKUP_STORE_FULL',
  notFound: 'BACKUP_NOT_FOUND',
  incomplete: 'BACKUP_INCOMPLETE',
  manifestChanged: 'BACKUP_MANIFEST_CHANGED',
  manifestUnknown: 'BACKUP_MANIFEST_UNKNOWN',
  chunkMissing: 'BACKUP_CHUNK_MISSING',
  chunkChanged: 'BACKUP_CHUNK_CHANGED',
  snapshotFailed: 'BACKUP_SNAPSHOT_FAILED',
  nothingToBackUp: 'BACKUP_NOTHING_THERE',
  targetNotEmpty: 'RESTORE_TARGET_NOT_EMPTY',
  targetTooOld: 'RESTORE_SERVER_TOO_OLD',
  interrupted: 'RESTORE_INTERRUPTED',
  releaseTooOld: 'RESTORE_RELEASE_TOO_OLD',
  refused: 'RESTORE_REFUSED',
  differs: 'BACKUP_DRILL_DIFFERS',
  otherSystem: 'ARCHIVE_OTHER_SYSTEM',
  sliceChanged: 'ARCHIVE_SLICE_CHANGED',
  notArchived: 'ARCHIVE_EVENT_NOT_FOUND'
} as const

export type BackupErrorCode = (typeof backupErrors)[keyof typeof backupErrors]

/** A failure that repeating does not mend; its message says what does. */
export function backupError(code: BackupErrorCode, message: string, cause?: unknown): PermanentError {
  return new PermanentError(code, message, { cause })
}

/** A failure that may pass: a server or a store that does not answer. */
export function passingError(code: BackupErrorCode, message: string, cause?: unknown): TransientError {
  return new TransientError(code, message, { cause })
}
