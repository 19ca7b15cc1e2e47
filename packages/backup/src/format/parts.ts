import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { backupError, backupErrors } from '../errors.ts'
import type { BackupStore } from '../store/backup-store.ts'
import { chunkName, type PlaceKind } from './backup-names.ts'
import type { Part } from './manifest.ts'
import { seal, unseal } from './seal.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Large enough that a store's answer time does not count, small enough for a few of them in memory. */
export const CHUNK_BYTES = 8 * 1024 * 1024

/** Chunks on their way at a time: hides the answer time of a bucket; bounds the memory to some 50 MB. */
const IN_FLIGHT = 3

/** A backup, or a slice of the archive, that is written or read: where, which one, and the key of its chunks. */
export interface BackupPlace<Kind extends PlaceKind = PlaceKind> {
  readonly store: BackupStore
  readonly kind: Kind
  readonly id: string
  readonly key: Uint8Array
}

/** Order and end of the chunks are part of what is authenticated. */
function placeText({ kind, id }: BackupPlace, part: string, index: number, last: boolean): string {
  return `leadlog-backup/1\0chunk\0${kind}\0${id}\0${part}\0${index}\0${last ? 'last' : 'more'}`
}

/** Cuts bytes into chunks, compresses, seals and stores them. Memory is bounded whatever the source's length. */
export async function writePart(place: BackupPlace, name: string, source: AsyncIterable<Uint8Array>): Promise<Part> {
  const chunks: { size: number; sha256: string }[] = []
  const underWay: Promise<void>[] = []
  let bytes = 0
  let index = 0
  const put = async (plain: Uint8Array, last: boolean): Promise<void> => {
    const at = index++
    const sealed = seal(place.key, await compress(plain), placeText(place, name, at, last))
    chunks[at] = { size: sealed.length, sha256: createHash('sha256').update(sealed).digest('hex') }
    if (underWay.length >= IN_FLIGHT) await underWay.shift()
    const stored = place.store.put(chunkName(place.kind, place.id, name, at), sealed)
    // It is awaited later; until then its failure must not count as unhandled.
    stored.catch(() => undefined)
    underWay.push(stored)
  }
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  const take = (): Buffer => {
    const whole = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    return whole
  }
  try {
    for await (const piece of source) {
      if (piece.length === 0) continue
      // Only with more to come is it known that a chunk is not the last.
      if (waitingBytes >= CHUNK_BYTES) await put(take(), false)
      waiting.push(piece)
      waitingBytes += piece.length
      bytes += piece.length
    }
    await put(take(), true)
    await Promise.all(underWay)
  } catch (error) {
    // Whoever removes the backup now must not be overtaken by a chunk that is still on its way.
    await Promise.allSettled(underWay)
    throw error
  }
  return { name, bytes, chunks }
}

/**
 * Reads a part back, proving each chunk: its digest, its seal, its place in the order.
 *
 * @throws PermanentError `BACKUP_CHUNK_MISSING`, `BACKUP_CHUNK_CHANGED`
 */
export async function* readPart(place: BackupPlace, part: Part): AsyncGenerator<Buffer> {
  let bytes = 0
  for (const [index, { size, sha256 }] of part.chunks.entries()) {
    const name = chunkName(place.kind, place.id, part.name, index)
    const sealed = await place.store.get(name)
    if (sealed === null) {
      throw backupError(
        backupErrors.chunkMissing,
        `${nameOf(place)} lacks ${name} (chunk ${index + 1} of ${part.chunks.length} of ${part.name}). ${adviceFor(place)}`
      )
    }
    if (sealed.length !== size) {
      throw chunkChanged(place, name, `it has ${sealed.length} bytes and was written with ${size}`)
    }
    if (createHash('sha256').update(sealed).digest('hex') !== sha256) {
      throw chunkChanged(place, name, 'its digest is another one')
    }
    const packed = unseal(place.key, sealed, placeText(place, part.name, index, index === part.chunks.length - 1))
    if (packed === null) throw chunkChanged(place, name, 'it was sealed for another place')
    const plain = await decompress(packed)
    bytes += plain.length
    yield plain
  }
  if (bytes !== part.bytes) throw chunkChanged(place, part.name, `it holds ${bytes} bytes instead of ${part.bytes}`)
}

function chunkChanged(place: BackupPlace, name: string, why: string) {
  return backupError(
    backupErrors.chunkChanged,
    `${name} of ${nameOf(place)} is not as it was written: ${why}. ${adviceFor(place)}`
  )
}

const nameOf = ({ kind, id }: BackupPlace): string => (kind === 'archive' ? `slice ${id}` : `backup ${id}`)

const adviceFor = ({ kind }: BackupPlace): string =>
  kind === 'archive'
    ? 'Bring the object back from a copy of the archive.'
    : 'The backup cannot be restored; use another one.'
