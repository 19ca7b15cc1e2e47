import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { backupError, backupErrors } from '../errors.ts'
import { KEY_BYTES, type BackupKey } from '../key/backup-key.ts'
import { seal, unseal } from './seal.ts'
import { isSignedBy, parseJson, readSigned, sign } from './signed.ts'

/** Raised when a reader of the former format could not read what is written. */
export const FORMAT = 1

const Sequence = Type.Integer({ minimum: 0 })

export const PartSchema = Type.Object({
  name: Type.String(),
  /** Before compression. */
  bytes: Type.Integer({ minimum: 0 }),
  /** In order; of the bytes as they are stored. */
  chunks: Type.Array(Type.Object({ size: Type.Integer({ minimum: 1 }), sha256: Type.String() }), { minItems: 1 })
})

const StreamDigest = Type.Object({
  from: Sequence,
  to: Sequence,
  count: Type.Integer({ minimum: 0 }),
  /** Sequences between `from` and `to` that no longer existed. */
  holes: Type.Array(Type.Tuple([Sequence, Sequence])),
  sha256: Type.String()
})

const StreamEntry = Type.Object({
  /** In the words of the code: `EVENTS`. */
  logical: Type.String(),
  /** On the server, with the prefix. */
  name: Type.String(),
  /** As the server gave them with the snapshot; it wants them back as they are. */
  config: Type.Record(Type.String(), Type.Unknown()),
  state: Type.Record(Type.String(), Type.Unknown()),
  messages: Type.Integer({ minimum: 0 }),
  /** The sequence at which the backup is consistent: it holds every message up to this one that was there. */
  lastSequence: Sequence,
  digest: StreamDigest,
  part: PartSchema
})

const ConsumerEntry = Type.Object({
  stream: Type.String(),
  name: Type.String(),
  config: Type.Record(Type.String(), Type.Unknown()),
  /** The first message that was not settled, and may be handled again. */
  from: Type.Integer({ minimum: 1 })
})

const TableEntry = Type.Object({
  name: Type.String(),
  columns: Type.Array(Type.String()),
  orderBy: Type.Array(Type.String()),
  rows: Type.Integer({ minimum: 0 }),
  sha256: Type.String(),
  part: PartSchema
})

const SchemaEntry = Type.Object({
  schema: Type.String(),
  migrations: Type.Array(Type.String()),
  /** Those that others refer to come first. */
  tables: Type.Array(TableEntry)
})

const Content = Type.Object({
  format: Type.Literal(FORMAT),
  kind: Type.Union([Type.Literal('data'), Type.Literal('keys')]),
  id: Type.String(),
  /** The key backup that was made with it; empty for a backup of keys. */
  keysId: Type.String(),
  prefix: Type.String(),
  startedAt: Type.String(),
  finishedAt: Type.String(),
  natsVersion: Type.String(),
  backupKeyId: Type.String(),
  wrappedKey: Type.String(),
  streams: Type.Array(StreamEntry),
  consumers: Type.Array(ConsumerEntry),
  schemas: Type.Array(SchemaEntry)
})

/** What a backup holds; written last, it makes the backup valid. */
export type Manifest = Static<typeof Content>
export type BackupKind = Manifest['kind']
export type Part = Static<typeof PartSchema>
export type StreamEntry = Static<typeof StreamEntry>
export type StreamDigest = Static<typeof StreamDigest>
export type ConsumerEntry = Static<typeof ConsumerEntry>
export type SchemaEntry = Static<typeof SchemaEntry>
export type TableEntry = Static<typeof TableEntry>

const MAC_PURPOSE = 'leadlog backup manifest v1'

/** Binds a wrapped key to its backup, so that it cannot stand in for another's. */
const wrapping = (kind: BackupKind, id: string): string => `leadlog-backup/${FORMAT}\0key\0${kind}\0${id}`

export function wrapKey(backupKey: BackupKey, key: Uint8Array, kind: BackupKind, id: string): string {
  return seal(backupKey.bytes, key, wrapping(kind, id)).toString('base64')
}

export function encodeManifest(manifest: Manifest, key: Uint8Array): Buffer {
  return sign(JSON.stringify(manifest), key, MAC_PURPOSE)
}

/**
 * Reads a manifest and proves that it is as it was written.
 *
 * @returns the manifest and the key of the backup's chunks
 * @throws PermanentError `BACKUP_KEY_WRONG`, `BACKUP_MANIFEST_CHANGED`, `BACKUP_MANIFEST_UNKNOWN`
 */
export function openManifest(bytes: Uint8Array, backupKey: BackupKey): { manifest: Manifest; key: Uint8Array } {
  const signed = signedOf(bytes)
  const manifest = parseContent(signed.content)
  if (manifest.backupKeyId !== backupKey.id) {
    throw backupError(
      backupErrors.keyWrong,
      `Backup ${manifest.id} was made with the backup key ${manifest.backupKeyId}; the one given is ${backupKey.id}. Set BACKUP_KEY (or LEADLOG_MASTER_KEY, where no backup key was set) to the secret of that time.`
    )
  }
  const key = unseal(backupKey.bytes, Buffer.from(manifest.wrappedKey, 'base64'), wrapping(manifest.kind, manifest.id))
  if (key?.length !== KEY_BYTES || !isSignedBy(signed, key, MAC_PURPOSE)) {
    throw changed(manifest.id)
  }
  return { manifest, key }
}

/** What can be said of a manifest without its key; nothing of it is proved. */
export function readManifestUnproved(bytes: Uint8Array): Manifest {
  return parseContent(signedOf(bytes).content)
}

function signedOf(bytes: Uint8Array) {
  const signed = readSigned(bytes)
  if (signed === null) throw changed('?')
  return signed
}

function parseContent(content: string): Manifest {
  const value = parseJson(content)
  if (Value.Check(Content, value)) return value
  const format = (value as { format?: unknown } | null)?.format
  if (typeof format === 'number' && format !== FORMAT) {
    throw backupError(
      backupErrors.manifestUnknown,
      `The backup has format ${format}; this release reads format ${FORMAT}. Use the release that made it.`
    )
  }
  throw changed('?')
}

function changed(id: string) {
  return backupError(
    backupErrors.manifestChanged,
    `The manifest of backup ${id} is not as it was written. Nothing of this backup can be trusted; use another one.`
  )
}
