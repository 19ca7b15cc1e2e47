import { LeadCaptured, LeadEnriched, LeadMeetingRecorded, type EventEnvelope } from '@leadlog/contracts'
import type { Keyring } from '@leadlog/keyring'
import { rowTypes } from '@leadlog/projections'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import pg from 'pg'
import { serveWorker } from '../core/worker.ts'
import { leadDigest } from './lead-digest.ts'
import { foldLead, type LeadRow } from './lead-fold.ts'
import { openBenchLog } from './open-bench-log.ts'
import type { RebuildRequests } from './rebuild-requests.ts'

const TABLE = 'bare.leads'

const CREATE = `
  drop schema if exists bare cascade;
  create schema bare;
  create table ${TABLE} (
    id text primary key, email text not null, name text, phone text, company text, status text not null,
    captured_at timestamptz not null, demo_at timestamptz, last_activity_at timestamptz not null,
    meetings int4 not null, fields jsonb not null
  );
  create table bare.checkpoint (sequence int8 not null);
  insert into bare.checkpoint values (0)`

const COLUMNS = {
  id: 'text',
  email: 'text',
  name: 'text',
  phone: 'text',
  company: 'text',
  status: 'text',
  captured_at: 'timestamptz',
  demo_at: 'timestamptz',
  last_activity_at: 'timestamptz',
  meetings: 'int4',
  fields: 'jsonb'
} as const

const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]
const READ = `select * from ${TABLE} where id = any($1::text[])`
const WRITE = `
  insert into ${TABLE} (${NAMES.join(', ')})
  select * from unnest(${NAMES.map((name, index) => `$${index + 1}::${COLUMNS[name]}[]`).join(', ')})
  on conflict (id) do update set ${NAMES.slice(1)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`

/** Which field of which event is sealed. */
const SEALED: Readonly<Record<string, string>> = {
  [LeadCaptured.type]: 'customer',
  [LeadMeetingRecorded.type]: 'customer',
  [LeadEnriched.type]: 'fields'
}

/** The loop that somebody writes by hand for this one table: no schema check, no fence, no parking, no resumption. */
async function bareLoop(
  place: { connection: NatsConnection; keyring: Keyring; pool: pg.Pool },
  options: { batchEvents: number; waitsForDisk: boolean }
): Promise<{ events: number; milliseconds: number }> {
  const { connection, keyring, pool } = place
  await pool.query(CREATE)
  const began = performance.now()
  const client = await pool.connect()
  if (!options.waitsForDisk) await client.query('set synchronous_commit = off')
  let events = 0

  const apply = async (payloads: readonly Uint8Array[], sequence: number): Promise<void> => {
    const batch = await Promise.all(payloads.map((payload) => open(keyring, payload)))
    await client.query('begin')
    const keys = [...new Set(batch.map(({ data }) => (data as { leadId: string }).leadId))]
    const { rows } = await client.query<LeadRow & pg.QueryResultRow>({ name: 'read', text: READ, values: [keys] })
    const folded = new Map<string, LeadRow | null>(rows.map((row) => [row.id, row]))
    for (const event of batch) {
      const { leadId } = event.data as { leadId: string }
      folded.set(leadId, foldLead(folded.get(leadId) ?? null, event))
    }
    const changed = [...folded.values()].filter((row) => row !== null)
    const values = NAMES.map((name) =>
      changed.map((row) => (name === 'fields' ? JSON.stringify(row.fields) : row[name]))
    )
    await client.query({ name: 'write', text: WRITE, values })
    await client.query({ name: 'checkpoint', text: 'update bare.checkpoint set sequence = $1', values: [sequence] })
    await client.query('commit')
    events += batch.length
  }

  const consumer = await jetstream(connection).consumers.get('EVENTS')
  const last = (await consumer.info(true)).num_pending
  const messages = await consumer.consume({ max_messages: options.batchEvents * 2 })
  let waiting: Uint8Array[] = []
  for await (const message of messages) {
    waiting.push(message.data)
    if (waiting.length < options.batchEvents && message.seq < last) continue
    await apply(waiting, message.seq)
    waiting = []
    if (message.seq >= last) break
  }
  const milliseconds = performance.now() - began
  await messages.close()
  if (!options.waitsForDisk) await client.query('set synchronous_commit = on')
  client.release()
  return { events, milliseconds }
}

async function open(keyring: Keyring, payload: Uint8Array): Promise<{ type: string; data: unknown }> {
  const event = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString()) as EventEnvelope
  const field = SEALED[event.type]
  if (field === undefined) return event
  const data = event.data as Record<string, unknown>
  const sealed = data[field]
  if (typeof sealed !== 'string' || event.keyid === undefined) return event
  return {
    type: event.type,
    data: { ...data, [field]: await keyring.open(event.keyid, sealed, `${event.id}/${field}`) }
  }
}

let place: { connection: NatsConnection; keyring: Keyring; pool: pg.Pool } | undefined
let close = async (): Promise<void> => undefined

const requests: RebuildRequests = {
  async open(address) {
    const { log, keyring } = await openBenchLog(address)
    const pool = new pg.Pool({ connectionString: address.databaseUrl, types: rowTypes })
    place = { connection: log.connection, keyring, pool }
    close = async () => {
      keyring.close()
      await log.close()
      await pool.end()
    }
  },
  async rebuild({ way }) {
    if (!place) throw new Error('not opened')
    return way === 'large'
      ? bareLoop(place, { batchEvents: 2_000, waitsForDisk: false })
      : bareLoop(place, { batchEvents: 500, waitsForDisk: true })
  },
  digest: async ({ leads }) => (place ? leadDigest(place.pool, TABLE, leads) : '')
}

serveWorker(requests, () => close())
