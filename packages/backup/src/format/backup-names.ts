import type { BackupKind } from './manifest.ts'

/** What lies in a store under names of its own: backups of either kind, and slices of the archive. */
export type PlaceKind = BackupKind | 'archive'

/** Written first; without a manifest beside it the backup is incomplete. */
const STARTED = 'started.json'
/** Written last; makes the backup valid. */
const MANIFEST = 'manifest.json'

/** `2026-11-18T10-00-00.123Z-3f9a01`: sorts by time; the random end keeps two of one moment apart. */
export function backupId(at: Date, random: Uint8Array): string {
  const time = at.toISOString().replaceAll(':', '-')
  return `${time}-${Buffer.from(random).toString('hex')}`
}

export const folderOf = (kind: PlaceKind, id: string): string => `${kind}/${id}/`
export const startedName = (kind: PlaceKind, id: string): string => folderOf(kind, id) + STARTED
export const manifestName = (kind: PlaceKind, id: string): string => folderOf(kind, id) + MANIFEST
export const chunkName = (kind: PlaceKind, id: string, part: string, index: number): string =>
  `${folderOf(kind, id)}${part}/${String(index).padStart(6, '0')}`

/** The backup an object belongs to; null for what is not ours. */
export function placeOf(name: string, kind: PlaceKind): { id: string; file: string } | null {
  const [first, id, ...file] = name.split('/')
  return first === kind && id !== undefined && file.length > 0 ? { id, file: file.join('/') } : null
}

export const isManifest = (file: string): boolean => file === MANIFEST
export const isStarted = (file: string): boolean => file === STARTED
