import { NOT_READY_MARK } from '@leadlog/event-log'
import pg from 'pg'
import { backupError, backupErrors } from './errors.ts'
import { withClient } from './postgres/snapshot-reader.ts'
import { systemStreams } from './streams/system-streams.ts'
import type { OpenNats } from './system.ts'

/**
 * Stands as the description of a stream and as the comment of a schema until the restore is finished. A service that is
 * started before finds a stream that is not as it should be, and ends with EVENT_LOG_STREAM_DRIFT.
 */
const MARK = `${NOT_READY_MARK} From backup `

export const markOf = (backup: string): string => MARK + backup

const isMark = (text: string | null | undefined): boolean => text?.startsWith(MARK) ?? false

/** The stream that is restored first and loses its mark last: it tells whether the others are finished. */
export const MARKED_STREAM = 'EVENTS'

/**
 * Makes sure that nothing is there that a restore could overwrite. With `discardInterrupted`, what an interrupted restore
 * left behind is removed; nothing else ever is.
 *
 * @throws PermanentError `RESTORE_TARGET_NOT_EMPTY`, `RESTORE_INTERRUPTED`
 */
export async function requireEmpty(nats: OpenNats, databaseUrl: string, discardInterrupted: boolean): Promise<void> {
  if (await isInterrupted(nats, databaseUrl)) {
    if (!discardInterrupted) {
      throw backupError(
        backupErrors.interrupted,
        'A restore into these servers was interrupted. It cannot be resumed: begin anew with --discard-interrupted, which removes what it left behind.'
      )
    }
    await discardRestored(nats, databaseUrl)
  }
  const streams = (await systemStreams(nats.manager, nats.naming)).map(({ info }) => info.config.name)
  if (streams.length > 0) {
    throw backupError(
      backupErrors.targetNotEmpty,
      `NATS at ${nats.connection.getServer()} holds ${streams.join(', ')} already. A restore never overwrites: give it an empty server, or delete these streams yourself.`
    )
  }
  const tables = await withClient(databaseUrl, userTables)
  if (tables.length > 0) {
    const named = tables.slice(0, 5).join(', ') + (tables.length > 5 ? `, and ${tables.length - 5} more` : '')
    throw backupError(
      backupErrors.targetNotEmpty,
      `The database holds ${named} already. A restore never overwrites: give it an empty database, or drop what is there yourself.`
    )
  }
}

/** Removes what a restore that was not finished has made. Safe to repeat. */
export async function discardRestored(nats: OpenNats, databaseUrl: string): Promise<void> {
  for (const schema of await withClient(databaseUrl, markedSchemas)) {
    await withClient(databaseUrl, (client) => client.query(`drop schema ${pg.escapeIdentifier(schema)} cascade`))
  }
  const streams = await systemStreams(nats.manager, nats.naming)
  if (!streams.some(({ logical, info }) => logical === MARKED_STREAM && isMark(info.config.description))) return
  // The marked one last: while it is there, an interruption of this is seen as one, too.
  for (const { logical, info } of streams) {
    if (logical !== MARKED_STREAM) await nats.manager.streams.delete(info.config.name)
  }
  await nats.manager.streams.delete(nats.naming.stream(MARKED_STREAM))
}

async function isInterrupted({ manager, naming }: OpenNats, databaseUrl: string): Promise<boolean> {
  const streams = await systemStreams(manager, naming)
  if (streams.some(({ logical, info }) => logical === MARKED_STREAM && isMark(info.config.description))) return true
  return (await withClient(databaseUrl, markedSchemas)).length > 0
}

async function markedSchemas(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; comment: string | null }>(
    `select nspname as name, obj_description(oid, 'pg_namespace') as comment from pg_namespace`
  )
  return rows.filter(({ comment }) => isMark(comment)).map(({ name }) => name)
}

async function userTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%s.%s', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`
  )
  return rows.map(({ name }) => name)
}
