import { removeBackup } from '../backups.ts'
import { isManifest, isStarted, manifestName, placeOf, startedName } from '../format/backup-names.ts'
import type { BackupStore } from '../store/backup-store.ts'
import { readSliceUnproved, type Slice } from './slice.ts'

/** A slice that is not finished by then is not being made any more. */
const ABANDONED_AFTER_MS = 86_400_000

/** A slice as a listing shows it. What it says of its content is proved only when it is read. */
export interface ListedSlice extends Slice {
  /** As stored. */
  readonly storedBytes: number
}

/** Slices that were read before, by id: they never change. */
export type KnownSlices = Map<string, Slice>

/**
 * The finished slices of a system, by stream and sequence. The slices are the catalogue: there is no list beside them that could
 * differ.
 *
 * @param known spares reading again what was read before
 */
export async function listSlices(
  store: BackupStore,
  prefix: string,
  known: KnownSlices = new Map<string, Slice>()
): Promise<ListedSlice[]> {
  const slices: ListedSlice[] = []
  for (const [id, { bytes, finished }] of await objectsBySlice(store)) {
    if (!finished) continue
    const slice = known.get(id) ?? readSliceUnproved((await store.get(manifestName('archive', id))) ?? Buffer.alloc(0))
    // Of another format or damaged: opening it by its id says what is wrong, and its messages count as not archived.
    if (slice === null || slice.id !== id) continue
    known.set(id, slice)
    if (slice.prefix === prefix) slices.push({ ...slice, storedBytes: bytes })
  }
  return slices.sort((a, b) => a.stream.localeCompare(b.stream) || a.from - b.from || (a.id < b.id ? -1 : 1))
}

/** The newest slice of a stream: everything before its end was archived, or was gone before it could be. */
export function newestSlice(slices: readonly Slice[], stream: string): Slice | null {
  return slices.filter((slice) => slice.stream === stream).reduce<Slice | null>(later, null)
}

const later = (a: Slice | null, b: Slice): Slice => (a !== null && a.to >= b.to ? a : b)

/** Removes what an interrupted run left more than a day ago. Gives the ids. */
export async function removeAbandoned(store: BackupStore, now: Date): Promise<string[]> {
  const removed: string[] = []
  for (const [id, { finished }] of await objectsBySlice(store)) {
    if (finished) continue
    const started = await store.get(startedName('archive', id))
    const at =
      started === null ? 0 : Date.parse((JSON.parse(started.toString('utf8')) as { startedAt: string }).startedAt)
    if (now.getTime() - at < ABANDONED_AFTER_MS) continue
    await removeBackup(store, 'archive', id)
    removed.push(id)
  }
  return removed
}

async function objectsBySlice(store: BackupStore) {
  const found = new Map<string, { bytes: number; finished: boolean; started: boolean }>()
  for await (const { name, size } of store.list('archive/')) {
    const place = placeOf(name, 'archive')
    if (place === null) continue
    const entry = found.get(place.id) ?? { bytes: 0, finished: false, started: false }
    entry.bytes += size
    entry.finished ||= isManifest(place.file)
    entry.started ||= isStarted(place.file)
    found.set(place.id, entry)
  }
  return found
}
