import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { backupError, backupErrors } from '../errors.ts'
import { PartSchema } from '../format/manifest.ts'
import { seal, unseal } from '../format/seal.ts'
import { isSignedBy, parseJson, readSigned, sign } from '../format/signed.ts'
import { KEY_BYTES, type BackupKey } from '../key/backup-key.ts'

/** Raised when a reader of the former format could not read what is written. */
export const ARCHIVE_FORMAT = 1

const Content = Type.Object({
  format: Type.Literal(ARCHIVE_FORMAT),
  id: Type.String(),
  /** Of the system that it was taken from; '' in production. */
  prefix: Type.String(),
  /** In the words of the code: `INGEST`. */
  stream: Type.String(),
  /** `2026-08`, UTC: when the server stored the messages. */
  month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
  /** Sequence of the first and of the last message. */
  from: Type.Integer({ minimum: 1 }),
  to: Type.Integer({ minimum: 1 }),
  firstTime: Type.String(),
  lastTime: Type.String(),
  messages: Type.Integer({ minimum: 1 }),
  /** Bodies of the object store that messages point to, and those that were not there any more. */
  bodies: Type.Integer({ minimum: 0 }),
  missingBodies: Type.Integer({ minimum: 0 }),
  /** Of all bytes of the part, before compression. */
  sha256: Type.String(),
  madeAt: Type.String(),
  backupKeyId: Type.String(),
  wrappedKey: Type.String(),
  part: PartSchema,
  /** Which event is at which sequence, so that one is found without reading the messages. */
  index: PartSchema
})

/** A file of the archive: the messages of one stream and month, or a piece of them. Never changed once it is there. */
export type Slice = Static<typeof Content>

const MAC_PURPOSE = 'leadlog archive slice v1'

/** Binds a wrapped key to its slice, so that it cannot stand in for another's. */
const wrapping = (id: string): string => `leadlog-archive/${ARCHIVE_FORMAT}\0key\0${id}`

export function wrapSliceKey(backupKey: BackupKey, key: Uint8Array, id: string): string {
  return seal(backupKey.bytes, key, wrapping(id)).toString('base64')
}

export function encodeSlice(slice: Slice, key: Uint8Array): Buffer {
  return sign(JSON.stringify(slice), key, MAC_PURPOSE)
}

/** What can be said of a slice without its key; nothing of it is proved. Null for what is none of this format. */
export function readSliceUnproved(bytes: Uint8Array): Slice | null {
  const value = parseJson(readSigned(bytes)?.content ?? '')
  return Value.Check(Content, value) ? value : null
}

/**
 * Reads what a slice says of itself and proves that it is as it was written.
 *
 * @returns it, and the key of its chunks
 * @throws PermanentError `BACKUP_KEY_WRONG`, `ARCHIVE_SLICE_CHANGED`
 */
export function openSlice(id: string, bytes: Uint8Array, backupKey: BackupKey): { slice: Slice; key: Uint8Array } {
  const slice = readSliceUnproved(bytes)
  const signed = readSigned(bytes)
  if (slice === null || signed === null || slice.id !== id) throw sliceChanged(id, 'its description cannot be read')
  if (slice.backupKeyId !== backupKey.id) {
    throw backupError(
      backupErrors.keyWrong,
      `Slice ${id} was archived with the backup key ${slice.backupKeyId}; the one given is ${backupKey.id}. Set BACKUP_KEY (or LEADLOG_MASTER_KEY, where no backup key was set) to the secret of that time.`
    )
  }
  const key = unseal(backupKey.bytes, Buffer.from(slice.wrappedKey, 'base64'), wrapping(id))
  if (key?.length !== KEY_BYTES || !isSignedBy(signed, key, MAC_PURPOSE)) {
    throw sliceChanged(id, 'its description was changed')
  }
  return { slice, key }
}

export function sliceChanged(id: string, why: string) {
  return backupError(
    backupErrors.sliceChanged,
    `Slice ${id} of the archive is not as it was written: ${why}. Bring it back from a copy of the archive.`
  )
}
