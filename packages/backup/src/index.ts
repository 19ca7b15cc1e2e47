export { listSlices, newestSlice, type KnownSlices, type ListedSlice } from './archive/catalogue.ts'
export {
  createArchive,
  type ArchivedStream,
  type ArchiveOptions,
  type StreamArchived
} from './archive/create-archive.ts'
export {
  findArchived,
  verifyArchive,
  type ArchivedMessage,
  type ArchivePlace,
  type ArchiveVerified
} from './archive/read-archive.ts'
export type { Slice } from './archive/slice.ts'
export { listBackups, removeBackup, type BackupSummary } from './backups.ts'
export { createBackup, createKeysBackup, type BackupOptions, type MadeBackup } from './create-backup.ts'
export { backupErrors, type BackupErrorCode } from './errors.ts'
export type { BackupKind, Manifest } from './format/manifest.ts'
export { parseBackupKey, type BackupKey } from './key/backup-key.ts'
export type { OnProgress, Progress } from './progress.ts'
export { pruneBackups, type Retention } from './prune.ts'
export { restoreBackup, type Restored, type RestoreOptions } from './restore-backup.ts'
export type { BackupStore } from './store/backup-store.ts'
export { folderStore } from './store/folder-store.ts'
export { openStore } from './store/open-store.ts'
export { s3Store, type S3Location } from './store/s3-store.ts'
export type { SystemAddress } from './system.ts'
export {
  drill,
  verifyBackup,
  type Drilled,
  type DrillOptions,
  type Verified,
  type VerifyOptions
} from './verify-backup.ts'
