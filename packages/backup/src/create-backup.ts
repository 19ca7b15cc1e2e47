import { randomBytes } from 'node:crypto'
import type { ServiceMigrations } from '@leadlog/service'
import { removeBackup } from './backups.ts'
import { backupError, backupErrors } from './errors.ts'
import { backupId, manifestName, startedName } from './format/backup-names.ts'
import {
  encodeManifest,
  FORMAT,
  wrapKey,
  type BackupKind,
  type Manifest,
  type SchemaEntry,
  type StreamEntry
} from './format/manifest.ts'
import { writePart, type BackupPlace } from './format/parts.ts'
import { KEY_BYTES, type BackupKey } from './key/backup-key.ts'
import { copyOut } from './postgres/copy-table.ts'
import { serviceSchemas } from './postgres/service-tables.ts'
import { inSnapshot } from './postgres/snapshot-reader.ts'
import { counted, type OnProgress } from './progress.ts'
import type { BackupStore } from './store/backup-store.ts'
import { consumerPositions } from './streams/consumer-positions.ts'
import { digestStream } from './streams/stream-digest.ts'
import { openSnapshot } from './streams/stream-snapshot.ts'
import { KEYS_STREAM, systemStreams, type SystemStream } from './streams/system-streams.ts'
import { withNats, type OpenNats, type SystemAddress } from './system.ts'

export interface BackupOptions {
  readonly system: SystemAddress
  /** Where the data goes. */
  readonly store: BackupStore
  /** Where the encryption keys go: another place, whose backups are kept for a short time only. */
  readonly keysStore: BackupStore
  readonly backupKey: BackupKey
  /** Of every service: their schemas are the ones that are backed up. */
  readonly migrations: readonly ServiceMigrations[]
  /** `schema.table` of read models that lie in a service's own schema; see `serviceSchemas`. */
  readonly readModels?: readonly string[]
  readonly onProgress?: OnProgress
  readonly clock?: () => Date
}

/** Backups that were made. */
export interface MadeBackup {
  readonly data: Manifest
  readonly keys: Manifest
}

/**
 * Backs up a running system: where the handlers stand, the services' tables, every stream, then the encryption keys,
 * apart. Nothing is stopped.
 *
 * The order makes it consistent. What a handler had settled is in the tables and streams that are copied after its
 * position; what a table speaks of is in the streams that are copied after it; what derives is copied before what it
 * derives from. A restored system finds in the streams what its tables and positions do not know yet, and handles it as
 * after a crash.
 *
 * When it fails, what was written is removed; when its process dies, what is left has no manifest and is removed by
 * `pruneBackups`.
 *
 * @throws PermanentError `BACKUP_STORE_FULL`, `BACKUP_KEYS_NOT_APART`, `BACKUP_NOTHING_THERE`, EVENT_LOG_SERVER_TOO_OLD;
 * TransientError when a server or the store does not answer
 */
export async function createBackup(options: BackupOptions): Promise<MadeBackup> {
  const { system, store, keysStore } = options
  if (store.location === keysStore.location) {
    throw backupError(
      backupErrors.keysNotApart,
      `The keys would go to the same place as the data, ${store.location}. Give them another one, that is kept for a short time only: otherwise nobody can be erased from the backups.`
    )
  }
  return withNats(system, (nats) =>
    making(options, store, 'data', async (data) => {
      const streams = await systemStreams(nats.manager, nats.naming)
      const inData = streams.filter(({ logical, info }) => logical !== KEYS_STREAM && info.config.storage !== 'memory')
      if (!streams.some(({ logical }) => logical === KEYS_STREAM)) throw nothingThere(nats)
      const consumers = []
      for (const { info } of inData) consumers.push(...(await consumerPositions(nats.manager, info.config.name)))
      const schemas = await copyTables(options, data)
      const entries = await copyStreams(options, nats, data, inData)
      const keys = await copyKeys(options, nats)
      const manifest = await finish(options, nats, data, { keysId: keys.id, schemas, consumers, streams: entries })
      return { data: manifest, keys }
    })
  )
}

/**
 * Backs up the encryption keys only: after a person was erased, so that a restore from now on knows of it.
 *
 * @throws as {@link createBackup}
 */
export async function createKeysBackup(
  options: Omit<BackupOptions, 'store' | 'readModels' | 'migrations'>
): Promise<Manifest> {
  return withNats(options.system, (nats) => copyKeys(options, nats))
}

/** A backup in the making. */
interface Making {
  readonly place: BackupPlace<BackupKind>
  readonly startedAt: Date
}

type MakingOptions = Pick<BackupOptions, 'system' | 'backupKey' | 'onProgress' | 'clock'>

const now = (options: MakingOptions): Date => options.clock?.() ?? new Date()

async function making<T>(
  options: MakingOptions,
  store: BackupStore,
  kind: BackupKind,
  work: (making: Making) => Promise<T>
): Promise<T> {
  const startedAt = now(options)
  const id = backupId(startedAt, randomBytes(3))
  const place = { store, kind, id, key: randomBytes(KEY_BYTES) }
  try {
    await store.put(startedName(kind, id), Buffer.from(JSON.stringify({ startedAt: startedAt.toISOString() })))
    return await work({ place, startedAt })
  } catch (error) {
    // What cannot be removed now has no manifest and goes with the next pruning.
    await removeBackup(store, kind, id).catch(() => undefined)
    throw error
  }
}

async function copyKeys(options: Omit<BackupOptions, 'store' | 'migrations'>, nats: OpenNats): Promise<Manifest> {
  return making(options, options.keysStore, 'keys', async (keys) => {
    const streams = await systemStreams(nats.manager, nats.naming)
    const bucket = streams.filter(({ logical }) => logical === KEYS_STREAM)
    if (bucket.length === 0) throw nothingThere(nats)
    const entries = await copyStreams(options, nats, keys, bucket)
    return finish(options, nats, keys, { keysId: '', schemas: [], consumers: [], streams: entries })
  })
}

/** All tables as they were at one moment. */
async function copyTables(options: BackupOptions, { place }: Making): Promise<SchemaEntry[]> {
  const { system, readModels = [], onProgress } = options
  const names = options.migrations.map(({ schema }) => schema)
  return inSnapshot(system.databaseUrl, async (client) => {
    const entries: SchemaEntry[] = []
    for (const { schema, migrations, tables } of await serviceSchemas(client, names, readModels)) {
      const copied: SchemaEntry['tables'] = []
      for (const table of tables) {
        const name = `${schema}.${table.name}`
        const { bytes, figures } = copyOut(client, schema, table)
        const part = await writePart(place, `postgres/${name}`, counted(bytes, name, null, onProgress))
        copied.push({ ...figures(), name: table.name, columns: [...table.columns], orderBy: [...table.orderBy], part })
      }
      entries.push({ schema, migrations: [...migrations], tables: copied })
    }
    return entries
  })
}

/** Snapshots first, close to each other in time; then what proves them. */
async function copyStreams(
  { onProgress }: MakingOptions,
  { connection }: OpenNats,
  { place }: Making,
  streams: readonly SystemStream[]
): Promise<StreamEntry[]> {
  const copied: Omit<StreamEntry, 'digest'>[] = []
  for (const { logical, info } of streams) {
    const { name } = info.config
    const { head, bytes } = await openSnapshot(connection, name)
    const part = await writePart(place, `streams/${logical}`, counted(bytes, logical, head.state.bytes, onProgress))
    const { config, state } = head
    copied.push({ logical, name, config, state, messages: state.messages, lastSequence: state.last_seq, part })
  }
  const entries: StreamEntry[] = []
  for (const entry of copied) {
    const range = { from: Number(entry.state['first_seq']), to: entry.lastSequence }
    const digest = await digestStream(connection, entry.name, range, (done) =>
      onProgress?.({ step: `${entry.logical}: digest`, done, total: entry.messages, unit: 'messages' })
    )
    entries.push({ ...entry, digest })
  }
  return entries
}

/** Writes the manifest, which makes the backup valid. */
async function finish(
  options: MakingOptions,
  nats: OpenNats,
  { place, startedAt }: Making,
  content: Pick<Manifest, 'keysId' | 'streams' | 'consumers' | 'schemas'>
): Promise<Manifest> {
  const { kind, id, key, store } = place
  const manifest: Manifest = {
    format: FORMAT,
    kind,
    id,
    prefix: nats.naming.prefix,
    startedAt: startedAt.toISOString(),
    finishedAt: now(options).toISOString(),
    natsVersion: nats.version,
    backupKeyId: options.backupKey.id,
    wrappedKey: wrapKey(options.backupKey, key, kind, id),
    ...content
  }
  await store.put(manifestName(kind, id), encodeManifest(manifest, key))
  return manifest
}

function nothingThere({ connection, naming }: OpenNats) {
  const prefix = naming.prefix === '' ? '' : ` with the prefix ${naming.prefix}`
  return backupError(
    backupErrors.nothingToBackUp,
    `NATS at ${connection.getServer()} holds no Leadlog${prefix}: it has no key bucket. Check NATS_URL and NATS_PREFIX.`
  )
}
