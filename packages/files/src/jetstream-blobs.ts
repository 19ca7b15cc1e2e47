import { JetStreamApiError, jetstreamManager, StorageType, type JetStreamManager } from '@nats-io/jetstream'
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj'
import type { EventLog } from '@leadlog/event-log'
import type { BlobStore } from './blob-store.ts'
import { storeUnavailable } from './errors.ts'

/** Logical name of the bucket; the stream behind it is `OBJ_FILES`. */
const BUCKET = 'FILES'

const NO_SUCH_MESSAGE = 10037

/** Blobs in JetStream's object store. The bucket is made at first use. */
export function jetStreamBlobs(log: Pick<EventLog, 'connection' | 'naming'>, replicas: number): BlobStore {
  const bucket = log.naming.bucket(BUCKET)
  const stream = `OBJ_${bucket}`
  let opening: Promise<{ objects: ObjectStore; manager: JetStreamManager }> | undefined
  const open = async () => {
    const manager = await jetstreamManager(log.connection)
    const objects = await new Objm(log.connection).create(bucket, {
      storage: StorageType.File,
      replicas,
      description: 'Files of persons in sealed pieces'
    })
    return { objects, manager }
  }
  const reach = async <T>(
    what: string,
    work: (store: { objects: ObjectStore; manager: JetStreamManager }) => Promise<T>
  ): Promise<T> => {
    try {
      opening ??= open()
      opening.catch(() => (opening = undefined))
      return await work(await opening)
    } catch (error) {
      throw storeUnavailable(what, error)
    }
  }
  return {
    put: (name, bytes) =>
      reach(`storing ${name}`, async ({ objects }) => {
        await objects.putBlob({ name }, bytes)
      }),
    get: (name) => reach(`reading ${name}`, ({ objects }) => objects.getBlob(name)),
    remove: (name) =>
      reach(`removing ${name}`, async ({ objects, manager }) => {
        const info = await objects.info(name)
        if (info === null) return
        if (!info.deleted) {
          await overwrite(manager, stream, bucket, info)
          await objects.delete(name)
        }
        // The note that there was one would stay for ever.
        const subject = `$O.${bucket}.M.${Buffer.from(name).toString('base64url')}`
        await manager.streams.purge(stream, { filter: paddedSubject(subject) })
      }),
    async *list(prefix) {
      const entries = await reach('listing', ({ objects }) => objects.list())
      for (const { name, size, mtime, deleted } of entries) {
        if (!deleted && name.startsWith(prefix)) yield { name, bytes: size, storedAt: new Date(mtime) }
      }
    },
    close: () => Promise.resolve()
  }
}

/** The object store names objects by padded base64. */
function paddedSubject(subject: string): string {
  const name = subject.slice(subject.lastIndexOf('.') + 1)
  return subject + '='.repeat((4 - (name.length % 4)) % 4)
}

/** A removed message may stay on the disk for a while; what is small enough to hold a key is written over. */
async function overwrite(
  manager: JetStreamManager,
  stream: string,
  bucket: string,
  { nuid, chunks }: ObjectInfo
): Promise<void> {
  if (chunks !== 1) return
  try {
    const message = await manager.streams.getMessage(stream, { last_by_subj: `$O.${bucket}.C.${nuid}` })
    if (message) await manager.streams.deleteMessage(stream, message.seq, true)
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === NO_SUCH_MESSAGE)) throw error
  }
}
