import { openKeyring } from '@leadlog/keyring'
import type { ServiceMigrations } from '@leadlog/service'
import { openBackup } from './backups.ts'
import { backupError, backupErrors } from './errors.ts'
import type { Manifest, Part } from './format/manifest.ts'
import { readPart } from './format/parts.ts'
import type { BackupKey } from './key/backup-key.ts'
import { tableFigures } from './postgres/copy-table.ts'
import { inSnapshot } from './postgres/snapshot-reader.ts'
import { counted, type OnProgress } from './progress.ts'
import { fill, openKeysFor, requireServer, type OpenedBackup } from './restore-backup.ts'
import { requireEmpty } from './restore-mark.ts'
import { requireMigrations } from './restore-tables.ts'
import type { BackupStore } from './store/backup-store.ts'
import { digestStream } from './streams/stream-digest.ts'
import { withNats, type OpenNats, type SystemAddress } from './system.ts'

export interface VerifyOptions {
  readonly store: BackupStore
  readonly keysStore: BackupStore
  readonly backupKey: BackupKey
  /** The newest complete ones by default. */
  readonly id?: string | undefined
  readonly keysId?: string | undefined
  readonly onProgress?: OnProgress | undefined
}

export interface Verified {
  readonly data: Manifest
  readonly keys: Manifest
  readonly chunks: number
  /** Before compression. */
  readonly bytes: number
}

/**
 * Reads a backup and its keys from the first byte to the last: every chunk is there, as it was written, in its place, and
 * opens. What the chunks hold is seen by {@link drill} only.
 *
 * @throws as {@link openBackup}; PermanentError `BACKUP_CHUNK_MISSING`, `BACKUP_CHUNK_CHANGED`, `BACKUP_KEYS_MISSING`
 */
export async function verifyBackup(options: VerifyOptions): Promise<Verified> {
  const opened = await open(options)
  let chunks = 0
  let bytes = 0
  for (const { manifest, place } of [opened.data, opened.keys]) {
    for (const part of partsOf(manifest)) {
      const source = counted(readPart(place, part), part.name, part.bytes, options.onProgress)
      for await (const plain of source) {
        chunks++
        bytes += plain.length
      }
    }
  }
  return { data: opened.data.manifest, keys: opened.keys.manifest, chunks, bytes }
}

export interface DrillOptions extends VerifyOptions {
  /** Empty servers for this drill alone; what it leaves in them is to be thrown away. */
  readonly target: Pick<SystemAddress, 'natsUrl' | 'databaseUrl'>
  readonly migrations: readonly ServiceMigrations[]
  /** Proves that the keys open with it. */
  readonly masterKey?: Uint8Array | undefined
  /** Further master keys, while they rotate. */
  readonly otherMasterKeys?: readonly Uint8Array[] | undefined
}

export interface Drilled {
  readonly data: Manifest
  readonly keys: Manifest
  readonly streams: readonly { readonly name: string; readonly messages: number; readonly lastSequence: number }[]
  readonly tables: readonly { readonly name: string; readonly rows: number }[]
}

/**
 * Restores a backup into throw-away servers and compares it with what its manifest says of the source: every stream
 * message by message, every table row by row, and that the master key opens the keys. Everything is kept for it, also
 * what is past its time. The servers are left as a restore that is not finished: no service starts on them.
 *
 * @throws PermanentError `BACKUP_DRILL_DIFFERS` that names every difference, and those of `restoreBackup`
 */
export async function drill(options: DrillOptions): Promise<Drilled> {
  const { target, onProgress } = options
  const opened = await open(options)
  const { data, keys } = opened
  requireMigrations(data.manifest, options.migrations)
  return withNats({ natsUrl: target.natsUrl, prefix: data.manifest.prefix }, async (nats) => {
    requireServer(nats, data.manifest)
    await requireEmpty(nats, target.databaseUrl, false)
    await fill({ ...options, replicas: 1 }, nats, opened, { forDrill: true, at: new Date() })
    const entries = [...data.manifest.streams, ...keys.manifest.streams]
    const differences = [
      ...(await streamDifferences(nats, entries, onProgress)),
      ...(await tableDifferences(target.databaseUrl, data.manifest))
    ]
    if (differences.length > 0) {
      throw backupError(
        backupErrors.differs,
        `What backup ${data.manifest.id} gives differs from its source: ${differences.join('; ')}. Do not rely on it; make another one.`
      )
    }
    if (options.masterKey) await openKeys(nats, options.masterKey, options.otherMasterKeys)
    return {
      data: data.manifest,
      keys: keys.manifest,
      streams: entries.map(({ logical, digest, lastSequence }) => ({
        name: logical,
        messages: digest.count,
        lastSequence
      })),
      tables: data.manifest.schemas.flatMap(({ schema, tables }) =>
        tables.map(({ name, rows }) => ({ name: `${schema}.${name}`, rows }))
      )
    }
  })
}

async function open(options: VerifyOptions): Promise<{ data: OpenedBackup; keys: OpenedBackup }> {
  const data = await openBackup(options.store, 'data', options.backupKey, options.id)
  return { data, keys: await openKeysFor(data.manifest, options.keysStore, options.backupKey, options.keysId) }
}

function partsOf({ streams, schemas }: Manifest): Part[] {
  return [...streams.map(({ part }) => part), ...schemas.flatMap(({ tables }) => tables.map(({ part }) => part))]
}

async function streamDifferences(
  { connection }: OpenNats,
  entries: Manifest['streams'],
  onProgress: OnProgress | undefined
): Promise<string[]> {
  const differences: string[] = []
  for (const { name, logical, digest } of entries) {
    // Nothing was left of it when its digest was made.
    if (digest.count === 0) continue
    const range = { from: digest.from, to: digest.to, skip: digest.holes }
    const found = await digestStream(connection, name, range, (done) =>
      onProgress?.({ step: `${logical}: compare`, done, total: digest.count, unit: 'messages' })
    )
    if (found.count !== digest.count) differences.push(`${logical} has ${found.count} of ${digest.count} messages`)
    else if (found.sha256 !== digest.sha256) differences.push(`${logical} has other messages than its source`)
  }
  return differences
}

async function tableDifferences(databaseUrl: string, { schemas }: Manifest): Promise<string[]> {
  return inSnapshot(databaseUrl, async (client) => {
    const differences: string[] = []
    for (const { schema, tables } of schemas) {
      for (const table of tables) {
        const found = await tableFigures(client, schema, table)
        if (found.rows !== table.rows)
          differences.push(`${schema}.${table.name} has ${found.rows} of ${table.rows} rows`)
        else if (found.sha256 !== table.sha256)
          differences.push(`${schema}.${table.name} has other rows than its source`)
      }
    }
    return differences
  })
}

/** @throws PermanentError `KEYRING_MASTER_KEY_WRONG` */
async function openKeys(
  { connection, naming }: OpenNats,
  masterKey: Uint8Array,
  otherMasterKeys: readonly Uint8Array[] = []
): Promise<void> {
  const keyring = await openKeyring({ connection, masterKey, otherMasterKeys, prefix: naming.prefix })
  keyring.close()
}
