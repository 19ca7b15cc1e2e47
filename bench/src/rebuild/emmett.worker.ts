import { SQL } from '@event-driven-io/dumbo'
import type { Event } from '@event-driven-io/emmett'
import {
  getPostgreSQLEventStore,
  pongoSingleStreamProjection,
  postgreSQLRawSQLProjection,
  rebuildPostgreSQLProjections
} from '@event-driven-io/emmett-postgresql'
import {
  LeadCaptured,
  LeadDemoDateChanged,
  LeadEnriched,
  LeadMeetingRecorded,
  LeadStatusChanged,
  type DataOf
} from '@leadlog/contracts'
import pg from 'pg'
import { serveWorker } from '../core/worker.ts'
import { LEADS_AT_A_TIME } from './lead-cohorts.ts'
import { leadDigest } from './lead-digest.ts'
import { foldLead, type LeadRow } from './lead-fold.ts'
import { leadHistory, leadIdOf, TRANSACTIONS_PER_LEAD } from './lead-history.ts'
import type { RebuildRequests } from './rebuild-requests.ts'

type LeadEvent =
  | Event<typeof LeadCaptured.type, DataOf<typeof LeadCaptured>>
  | Event<typeof LeadMeetingRecorded.type, DataOf<typeof LeadMeetingRecorded>>
  | Event<typeof LeadStatusChanged.type, DataOf<typeof LeadStatusChanged>>
  | Event<typeof LeadDemoDateChanged.type, DataOf<typeof LeadDemoDateChanged>>
  | Event<typeof LeadEnriched.type, DataOf<typeof LeadEnriched>>

const canHandle = [
  LeadCaptured.type,
  LeadMeetingRecorded.type,
  LeadStatusChanged.type,
  LeadDemoDateChanged.type,
  LeadEnriched.type
]

const LEAD_COLUMNS = `id text primary key, email text, name text, phone text, company text, status text,
  captured_at timestamptz, demo_at timestamptz, last_activity_at timestamptz, meetings int4, fields jsonb`

/** A row as the type of documents wants it: an alias, not an interface. */
type LeadDocument = { [Name in keyof LeadRow]: LeadRow[Name] } & { _id?: string }

/** Its guide's first choice: one JSON document a stream, folded by the function that the other contestants use. */
const documents = pongoSingleStreamProjection<LeadDocument, LeadEvent>({
  collectionName: 'lead_documents',
  canHandle,
  getDocumentId: (event) => event.data.leadId,
  evolve: (document: LeadDocument | null, event: LeadEvent) => foldLead(document, event)
})

/** The guide's other way, hand-written SQL: one statement an event, with nothing read before. */
const statements = postgreSQLRawSQLProjection<LeadEvent>({
  name: 'lead_statements',
  canHandle,
  evolve: statementFor
})

function statementFor({ type, data }: LeadEvent): SQL {
  switch (type) {
    case LeadCaptured.type:
      return SQL`insert into emmett.leads
        (id, email, name, phone, company, status, captured_at, demo_at, last_activity_at, meetings, fields)
        values (${data.leadId}, ${data.customer.email}, ${data.customer.name}, ${data.customer.phone}, null, 'new',
          ${data.capturedAt}, null, ${data.capturedAt}, 0, '{}')`
    case LeadMeetingRecorded.type:
      return SQL`update emmett.leads set phone = coalesce(${data.customer?.phone ?? null}, phone),
        meetings = meetings + 1, last_activity_at = greatest(last_activity_at, ${data.fact.occurredAt})
        where id = ${data.leadId}`
    case LeadStatusChanged.type:
      return SQL`update emmett.leads set status = ${data.to} where id = ${data.leadId}`
    case LeadDemoDateChanged.type:
      return SQL`update emmett.leads set demo_at = ${data.startsAt} where id = ${data.leadId}`
    case LeadEnriched.type: {
      const { observedAt } = data
      const added = data.fields.map(({ field, value, evidence }) => [field, { value, evidence, observedAt }])
      const fields = JSON.stringify(Object.fromEntries(added))
      return SQL`update emmett.leads set fields = fields || ${fields}::jsonb,
        company = coalesce(${fields}::jsonb -> 'company' ->> 'value', company),
        last_activity_at = greatest(last_activity_at, ${observedAt}) where id = ${data.leadId}`
    }
  }
}

interface Way {
  readonly projection: typeof documents
  /** Undefined: its defaults, 100 messages a batch with 50 ms between two batches. */
  readonly pulling?: { readonly batchSize: number; readonly pullingFrequencyInMs: number }
  readonly rows: string
}

/** Beside the defaults: batches as large as its own benchmark tries, and no pause that could be left out. */
const FASTEST = { batchSize: 2_000, pullingFrequencyInMs: 1 }

const DOCUMENT_ROWS =
  '(select leads.* from lead_documents, jsonb_populate_record(null::emmett.leads, data) as leads) as leads'

const ways: Readonly<Record<string, Way>> = {
  documents: { projection: documents, rows: DOCUMENT_ROWS },
  'documents, large batches': { projection: documents, pulling: FASTEST, rows: DOCUMENT_ROWS },
  'statements, large batches': { projection: statements, pulling: FASTEST, rows: 'emmett.leads' }
}

let connectionString = ''
let pool: pg.Pool | undefined
let events = 0
let built = ''

const requests: RebuildRequests = {
  async open({ databaseUrl, leads }) {
    connectionString = databaseUrl
    pool = new pg.Pool({ connectionString })
    events = await appendAll(databaseUrl, leads)
  },
  async rebuild({ way }) {
    const chosen = ways[way]
    if (!chosen || !pool) throw new Error(`there is no way "${way}"`)
    await pool.query(`
      drop schema if exists emmett cascade; create schema emmett; create table emmett.leads (${LEAD_COLUMNS});
      drop table if exists lead_documents; delete from emt_processors; delete from emt_projections`)
    const { projection, pulling, rows } = chosen
    const began = performance.now()
    const consumer = rebuildPostgreSQLProjections<LeadEvent>({
      connectionString,
      projection,
      ...(pulling === undefined ? {} : { pulling })
    })
    await consumer.start()
    const milliseconds = performance.now() - began
    await consumer.close()
    built = rows
    return { events, milliseconds }
  },
  digest: async ({ leads }) => (pool ? leadDigest(pool, built, leads) : '')
}

/** The same events in the same order as in the log, each transaction of a lead one append. */
async function appendAll(databaseUrl: string, leads: number): Promise<number> {
  const store = getPostgreSQLEventStore(databaseUrl)
  let appended = 0
  for (let from = 0; from < leads; from += LEADS_AT_A_TIME) {
    const numbers = Array.from({ length: Math.min(LEADS_AT_A_TIME, leads - from) }, (_, index) => from + index)
    for (let step = 0; step < TRANSACTIONS_PER_LEAD; step += 1) {
      for (const number of numbers) {
        const transaction = leadHistory(number, `person-${number}`)[step] ?? []
        const recorded = transaction.map(({ definition, data }) => ({ type: definition.type, data }) as LeadEvent)
        await store.appendToStream(`lead-${leadIdOf(number)}`, recorded)
        appended += recorded.length
      }
    }
  }
  await store.close()
  return appended
}

serveWorker(requests, async () => pool?.end())
