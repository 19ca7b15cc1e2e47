import { createHash } from 'node:crypto'
import { backupError, backupErrors } from '../errors.ts'
import { manifestName } from '../format/backup-names.ts'
import { readPart, type BackupPlace } from '../format/parts.ts'
import type { BackupKey } from '../key/backup-key.ts'
import { counted, type OnProgress } from '../progress.ts'
import type { BackupStore } from '../store/backup-store.ts'
import { listSlices } from './catalogue.ts'
import { decodeFrames, type Frame } from './frames.ts'
import { openSlice, sliceChanged, type Slice } from './slice.ts'

/** Where an archive is, and what opens it. */
export interface ArchivePlace {
  readonly store: BackupStore
  readonly backupKey: BackupKey
  /** Of the system; '' in production. */
  readonly prefix: string
}

export interface ArchiveVerified {
  readonly slices: number
  readonly messages: number
  readonly bodies: number
  /** Before compression. */
  readonly bytes: number
  /** Sequences between two slices of a stream that no slice holds: gone before they were archived, or a slice is missing. */
  readonly gaps: readonly { readonly stream: string; readonly from: number; readonly to: number }[]
}

/**
 * Reads the whole archive: every chunk is there, as it was written, in its place, and opens; every message is there, in order.
 *
 * @throws PermanentError `BACKUP_CHUNK_MISSING`, `BACKUP_CHUNK_CHANGED`, `BACKUP_KEY_WRONG`, `ARCHIVE_SLICE_CHANGED`
 */
export async function verifyArchive(options: ArchivePlace & { onProgress?: OnProgress }): Promise<ArchiveVerified> {
  const { store, prefix, onProgress } = options
  const totals = { slices: 0, messages: 0, bodies: 0, bytes: 0 }
  const gaps: { stream: string; from: number; to: number }[] = []
  let before: Slice | undefined
  for (const { id } of await listSlices(store, prefix)) {
    const { slice, place } = await open(options, id)
    if (before?.stream === slice.stream && slice.from > before.to + 1) {
      gaps.push({ stream: slice.stream, from: before.to + 1, to: slice.from - 1 })
    }
    if (before?.stream !== slice.stream || slice.to > before.to) before = slice
    const found = await readWhole(place, slice, onProgress)
    totals.slices++
    totals.messages += found.messages
    totals.bodies += found.bodies
    totals.bytes += slice.part.bytes
  }
  return { ...totals, gaps }
}

/** A message that was archived. */
export interface ArchivedMessage {
  readonly slice: Slice
  readonly stream: string
  readonly sequence: number
  readonly storedAt: Date
  readonly payload: Uint8Array
  /** What it points to, where that was archived with it. */
  readonly body: Uint8Array | null
}

/**
 * Finds one event by its id or by its place.
 *
 * @throws PermanentError `ARCHIVE_EVENT_NOT_FOUND`, and as {@link verifyArchive} does
 */
export async function findArchived(
  options: ArchivePlace,
  wanted: string | { readonly stream: string; readonly sequence: number }
): Promise<ArchivedMessage> {
  const slices = await listSlices(options.store, options.prefix)
  for (const listed of slices.reverse()) {
    if (typeof wanted !== 'string' && (listed.stream !== wanted.stream || !isWithin(wanted.sequence, listed))) continue
    const { slice, place } = await open(options, listed.id)
    const sequence = typeof wanted === 'string' ? await sequenceOf(place, slice, wanted) : wanted.sequence
    const message = sequence === null ? null : await readOne(place, slice, sequence)
    if (message !== null) return message
  }
  const named = typeof wanted === 'string' ? wanted : `${wanted.stream}:${wanted.sequence}`
  throw backupError(
    backupErrors.notArchived,
    `The archive in ${options.store.location} holds no event ${named}. "leadlog archive list" shows what it holds.`
  )
}

const isWithin = (sequence: number, { from, to }: Slice): boolean => sequence >= from && sequence <= to

async function open(options: ArchivePlace, id: string): Promise<{ slice: Slice; place: BackupPlace }> {
  const { store, backupKey } = options
  const bytes = await store.get(manifestName('archive', id))
  if (bytes === null) throw sliceChanged(id, 'its description is gone')
  const { slice, key } = openSlice(id, bytes, backupKey)
  return { slice, place: { store, kind: 'archive', id, key } }
}

async function readWhole(place: BackupPlace, slice: Slice, onProgress: OnProgress | undefined) {
  const hash = createHash('sha256')
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of counted(readPart(place, slice.part), slice.id, slice.part.bytes, onProgress)) {
      hash.update(piece)
      yield piece
    }
  }
  let messages = 0
  let bodies = 0
  let last = slice.from - 1
  for await (const { head } of framesOf(slice, hashed())) {
    if ('body' in head) {
      bodies++
      continue
    }
    if (head.sequence <= last) throw sliceChanged(slice.id, `message ${head.sequence} is out of order`)
    last = head.sequence
    messages++
  }
  if (messages !== slice.messages || bodies !== slice.bodies || last !== slice.to) {
    throw sliceChanged(
      slice.id,
      `it holds ${messages} messages up to ${last} and was written with ${slice.messages} up to ${slice.to}`
    )
  }
  if (hash.digest('hex') !== slice.sha256) throw sliceChanged(slice.id, 'its digest is another one')
  for await (const _ of readPart(place, slice.index));
  return { messages, bodies }
}

async function sequenceOf(place: BackupPlace, slice: Slice, id: string): Promise<number | null> {
  const pieces: Buffer[] = []
  for await (const piece of readPart(place, slice.index)) pieces.push(piece)
  const line = Buffer.concat(pieces)
    .toString('utf8')
    .split('\n')
    .find((line) => line.endsWith(` ${id}`))
  return line === undefined ? null : Number(line.slice(0, line.indexOf(' ')))
}

async function readOne(place: BackupPlace, slice: Slice, sequence: number): Promise<ArchivedMessage | null> {
  let found: ArchivedMessage | null = null
  for await (const { head, data } of framesOf(slice, readPart(place, slice.part))) {
    if (found !== null) return 'body' in head ? { ...found, body: data } : found
    if ('body' in head) continue
    if (head.sequence > sequence) return null
    if (head.sequence < sequence) continue
    const storedAt = new Date(Number(BigInt(head.time) / 1_000_000n))
    found = { slice, stream: slice.stream, sequence, storedAt, payload: data, body: null }
  }
  return found
}

async function* framesOf(slice: Slice, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  try {
    yield* decodeFrames(bytes)
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error
    throw sliceChanged(slice.id, error.message)
  }
}
