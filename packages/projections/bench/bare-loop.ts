import type { DataOf, EventSource, LeadCaptured, LeadEnriched, LeadStatusChanged } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { LeadRow } from './lead-rows.ts'

const BATCH = 500

/**
 * What one would write by hand for this one table, without checkpoint, fence, resume or checks of rows: read the rows
 * of a batch, fold, write them back in one `unnest` upsert.
 */
export async function bareLoop(pool: Pool, source: EventSource, table: string): Promise<void> {
  const client = await pool.connect()
  try {
    const signal = new AbortController().signal
    const untilSequence = await source.lastSequence('EVENTS')
    const request = { stream: 'EVENTS', fromSequence: 1, maxEvents: BATCH, maxWaitMs: 20, untilSequence, signal }
    for await (const { events } of source.batches(request)) {
      await client.query('begin')
      const keys = [...new Set(events.map(({ data }) => (data as { leadId: string }).leadId))]
      const { rows: found } = await client.query<LeadRow>({
        name: `read-${table}`,
        text: `select id, email, name, status, fields, events, updated_at from ${table} where id = any($1::text[])`,
        values: [keys]
      })
      const rows = new Map(found.map((row) => [row.id, row]))
      for (const event of events) {
        if (event.type === 'crm.LeadCaptured.v1') {
          const data = event.data as DataOf<typeof LeadCaptured>
          rows.set(data.leadId, {
            id: data.leadId,
            email: data.customer.email,
            name: data.customer.name ?? null,
            status: 'new',
            fields: {},
            events: 1,
            updated_at: event.time
          })
          continue
        }
        const { leadId } = event.data as { leadId: string }
        const row = rows.get(leadId)
        if (!row) continue
        if (event.type === 'crm.LeadStatusChanged.v1') {
          const { to } = event.data as DataOf<typeof LeadStatusChanged>
          rows.set(leadId, { ...row, status: to, events: row.events + 1, updated_at: event.time })
        } else {
          const { fields } = event.data as DataOf<typeof LeadEnriched>
          const filled = Object.fromEntries(fields.map(({ field, value, evidence }) => [field, { value, evidence }]))
          const next = { ...row.fields, ...filled }
          rows.set(leadId, { ...row, fields: next, events: row.events + 1, updated_at: event.time })
        }
      }
      const all = [...rows.values()]
      await client.query({
        name: `write-${table}`,
        text: `insert into ${table} (id, email, name, status, fields, events, updated_at)
          select id, email, name, status, fields::jsonb, events, updated_at
          from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int4[], $7::timestamptz[])
            as v(id, email, name, status, fields, events, updated_at)
          on conflict (id) do update set email = excluded.email, name = excluded.name, status = excluded.status,
            fields = excluded.fields, events = excluded.events, updated_at = excluded.updated_at`,
        values: [
          all.map((row) => row.id),
          all.map((row) => row.email),
          all.map((row) => row.name),
          all.map((row) => row.status),
          all.map((row) => JSON.stringify(row.fields)),
          all.map((row) => row.events),
          all.map((row) => row.updated_at)
        ]
      })
      await client.query('commit')
    }
  } finally {
    client.release()
  }
}
