import { createHash, randomBytes } from 'node:crypto'
import type { EventLog } from '@leadlog/event-log'
import { jetstreamManager, type JsMsg } from '@nats-io/jetstream'
import { millis } from '@nats-io/nats-core'
import { removeBackup } from '../backups.ts'
import { backupError, backupErrors } from '../errors.ts'
import { manifestName, startedName } from '../format/backup-names.ts'
import { writePart, type BackupPlace } from '../format/parts.ts'
import { KEY_BYTES, type BackupKey } from '../key/backup-key.ts'
import type { OnProgress } from '../progress.ts'
import type { BackupStore } from '../store/backup-store.ts'
import { messageHeaders, readMessages } from '../streams/read-messages.ts'
import { listSlices, newestSlice, removeAbandoned } from './catalogue.ts'
import { encodeFrame, type Frame } from './frames.ts'
import { ARCHIVE_FORMAT, encodeSlice, wrapSliceKey, type Slice } from './slice.ts'

/** What an interruption can cost, and what is read to find one event: a month of a busy system is several slices. */
const SLICE_BYTES = 64 * 1024 * 1024

/** The streams that can be archived. */
export type ArchivedStream = 'INGEST' | 'EVENTS'

export interface ArchiveOptions {
  readonly log: Pick<EventLog, 'connection' | 'naming' | 'getObject'>
  readonly store: BackupStore
  readonly backupKey: BackupKey
  readonly streams: readonly ArchivedStream[]
  /** Messages that the server stored before this moment; it must have passed. */
  readonly before: Date
  readonly now: Date
  /** Largest size of a slice before compression. Default 64 MiB. */
  readonly sliceBytes?: number
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

export interface StreamArchived {
  readonly stream: ArchivedStream
  readonly made: readonly Slice[]
  /** Sequences that were gone from the stream before they could be archived; null where there are none. */
  readonly gone: { readonly from: number; readonly to: number } | null
  /** The last sequence that the archive holds now; 0 for an empty archive. */
  readonly upTo: number
  /**
   * When the stream lets go of the first message that the archive does not hold: unless another run comes before, it is lost
   * then. Where it holds all, the earliest moment at which one stored from now on could go. Null where nothing expires.
   */
  readonly nextExpiry: Date | null
}

/**
 * Writes what is older than a moment, and not in the archive yet, to monthly files: messages as they are stored, personal fields and
 * bodies sealed. Nothing is removed from the streams. Run again it goes on after the last finished file; an interruption
 * costs the file that was being written. Two runs at a time write the same messages twice, which is harmless.
 *
 * @throws PermanentError `ARCHIVE_OTHER_SYSTEM`, `BACKUP_STORE_FULL`; TransientError when a server or the store does not answer
 */
export async function createArchive(options: ArchiveOptions): Promise<StreamArchived[]> {
  const { log, store, streams, now } = options
  if (options.before > now) throw new RangeError('Only what lies in the past can be archived')
  await removeAbandoned(store, now)
  const archived: StreamArchived[] = []
  for (const stream of streams) {
    const newest = newestSlice(await listSlices(store, log.naming.prefix), stream)
    archived.push(await archiveStream(options, stream, newest))
  }
  return archived
}

async function archiveStream(
  options: ArchiveOptions,
  stream: ArchivedStream,
  newest: Slice | null
): Promise<StreamArchived> {
  const { log, before, now, signal, onProgress } = options
  const name = log.naming.stream(stream)
  const manager = await jetstreamManager(log.connection, { checkAPI: false })
  const { state, config } = await manager.streams.info(name)
  if (newest !== null) {
    const last = await manager.streams.getMessage(name, { seq: newest.to })
    // Two ways of reading the server's nanoseconds may round to neighbouring milliseconds.
    const same = last === null || Math.abs(last.time.getTime() - Date.parse(newest.lastTime)) <= 1
    if (state.last_seq < newest.to || !same) throw otherSystem(options, stream, newest)
  }
  const from = (newest?.to ?? 0) + 1
  const made: Slice[] = []
  let left: JsMsg | null = null
  const source = peekable(readMessages(log.connection, name, { from, to: state.last_seq }))
  try {
    for (;;) {
      signal?.throwIfAborted()
      left = await source.peek()
      if (left === null || left.time >= before) break
      const slice = await writeSlice(options, stream, source)
      made.push(slice)
      onProgress?.({ step: `${stream} ${slice.month}`, done: slice.to, total: state.last_seq, unit: 'messages' })
    }
  } finally {
    await source.close()
  }
  const gone = state.first_seq > from ? { from, to: state.first_seq - 1 } : null
  const upTo = made.at(-1)?.to ?? newest?.to ?? 0
  const nextExpiry = config.max_age === 0 ? null : new Date((left?.time ?? now).getTime() + millis(config.max_age))
  return { stream, made, gone, upTo, nextExpiry }
}

async function writeSlice(options: ArchiveOptions, stream: ArchivedStream, source: Peekable<JsMsg>): Promise<Slice> {
  const { log, store, backupKey, before, now, signal, sliceBytes = SLICE_BYTES } = options
  const first = await source.peek()
  if (first === null) throw new TypeError('A slice begins with a message')
  const month = monthOf(first)
  const id = `${stream}-${month}-${String(first.seq).padStart(12, '0')}-${randomBytes(4).toString('hex')}`
  const place: BackupPlace = { store, kind: 'archive', id, key: randomBytes(KEY_BYTES) }
  const hash = createHash('sha256')
  const index: string[] = []
  const counts = { messages: 0, bodies: 0, missingBodies: 0 }
  let last = first
  let bytes = 0
  const framed = (frame: Frame): Buffer => {
    const encoded = encodeFrame(frame)
    hash.update(encoded)
    bytes += encoded.length
    return encoded
  }
  const frames = async function* (): AsyncGenerator<Buffer> {
    while (bytes < sliceBytes) {
      signal?.throwIfAborted()
      const message = await source.peek()
      if (message === null || message.time >= before || monthOf(message) !== month) return
      await source.next()
      last = message
      counts.messages++
      const { seq: sequence, subject, data } = message
      const head = { sequence, time: String(message.info.timestampNanos), subject, headers: messageHeaders(message) }
      yield framed({ head, data })
      const { id: eventId, dataref } = envelopeOf(data)
      if (eventId !== undefined) index.push(`${sequence} ${eventId}\n`)
      if (dataref === undefined) continue
      const body = await log.getObject(dataref)
      if (body === null) counts.missingBodies++
      else {
        counts.bodies++
        yield framed({ head: { body: dataref }, data: body })
      }
    }
  }
  try {
    await store.put(startedName('archive', id), Buffer.from(JSON.stringify({ startedAt: now.toISOString() })))
    const part = await writePart(place, 'messages', frames())
    const indexPart = await writePart(place, 'index', pieces(index))
    const slice: Slice = {
      format: ARCHIVE_FORMAT,
      id,
      prefix: log.naming.prefix,
      stream,
      month,
      from: first.seq,
      to: last.seq,
      firstTime: first.time.toISOString(),
      lastTime: last.time.toISOString(),
      ...counts,
      sha256: hash.digest('hex'),
      madeAt: now.toISOString(),
      backupKeyId: backupKey.id,
      wrappedKey: wrapSliceKey(backupKey, place.key, id),
      part,
      index: indexPart
    }
    await store.put(manifestName('archive', id), encodeSlice(slice, place.key))
    return slice
  } catch (error) {
    // What cannot be removed now is not finished and goes with a later run.
    await removeBackup(store, 'archive', id).catch(() => undefined)
    throw error
  }
}

const monthOf = (message: JsMsg): string => message.time.toISOString().slice(0, 7)

/** What the archive needs to know of a message; nothing of one that is no event. */
function envelopeOf(data: Uint8Array): { readonly id?: string; readonly dataref?: string } {
  try {
    const { id, dataref } = JSON.parse(Buffer.from(data).toString('utf8')) as { id?: unknown; dataref?: unknown }
    return {
      ...(typeof id === 'string' ? { id } : {}),
      ...(typeof dataref === 'string' ? { dataref } : {})
    }
  } catch {
    return {}
  }
}

async function* pieces(lines: readonly string[]): AsyncGenerator<Buffer> {
  for (let at = 0; at < lines.length; at += 10_000) {
    yield await Promise.resolve(Buffer.from(lines.slice(at, at + 10_000).join(''), 'utf8'))
  }
}

interface Peekable<T> {
  /** The next one, which stays; null at the end. */
  peek(): Promise<T | null>
  next(): Promise<T | null>
  close(): Promise<void>
}

function peekable<T>(source: AsyncGenerator<T>): Peekable<T> {
  let waiting: Promise<T | null> | undefined
  const peek = (): Promise<T | null> =>
    (waiting ??= source.next().then((result) => (result.done === true ? null : result.value)))
  return {
    peek,
    async next() {
      const value = await peek()
      if (value !== null) waiting = undefined
      return value
    },
    async close() {
      await source.return(undefined)
    }
  }
}

function otherSystem({ store }: ArchiveOptions, stream: string, { id, to }: Slice) {
  return backupError(
    backupErrors.otherSystem,
    `${store.location} holds the archive of another system: its newest slice ${id} ends with ${stream}:${to}, which is not that message here. Give this system a place of its own.`
  )
}
