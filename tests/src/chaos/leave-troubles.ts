import { generateLoad, sendDeliveries, type FaultRule } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import pg from 'pg'
import { dayThatIsOver, daySent, sendDay } from '../system/sample-day.ts'
import type { TestSystem } from '../system/test-system.ts'

/** People whose CRM writes or notes are refused. */
const REFUSED_PEOPLE = 8
/** Calls that Zoho refuses, so that some messages of each kind are given up. */
const REFUSED_CALLS = { '/Notes': 3, '/upsert': 1 } as const
/** The share of a day's webhooks that never leave. */
const LOST = { drop: 0.08, seed: 'lost' }
/** A rule of the database that this person's row breaks, as a careless migration would. */
const QUARANTINED = { name: 'Quintus Arrest', email: 'quintus@quarantine.example' }

/**
 * Leaves behind what a person has to look at: messages that handlers gave up on, webhooks that never came, and a read model's row that stands still. The causes are gone when it returns, so that all of it can be mended.
 */
export async function leaveTroubles(system: TestSystem): Promise<void> {
  await system.control('PUT', 'faults', Object.entries(REFUSED_CALLS).map(refusing))
  const load = generateLoad({ customers: REFUSED_PEOPLE, seed: 'troubles', secrets: system.secrets })
  await sendDeliveries([...load], { ingest: system.ingestUrl })
  await system.settled(undefined, { givenUp: true })
  await system.control('PUT', 'faults', [])

  await sendDay(system, dayThatIsOver(), LOST)
  await daySent(system)
  await quarantine(system)
  await system.settled(undefined, { givenUp: true })
}

function refusing([route, count]: [string, number]): FaultRule {
  return { vendor: 'zoho', route, kind: 'error', code: 'INVALID_DATA', count }
}

async function quarantine(system: TestSystem): Promise<void> {
  const database = new pg.Client({ connectionString: system.environment['DATABASE_URL'] })
  await database.connect()
  try {
    await database.query(
      `alter table gateway.leads add constraint leads_name_check check (name is distinct from '${QUARANTINED.name}') not valid`
    )
    await system.control('POST', 'calendly/bookings', { ...QUARANTINED, ingest: system.ingestUrl })
    await eventually(async () => {
      const { rows } = await database.query('select 1 from projections.parked limit 1')
      return rows.length > 0
    })
  } finally {
    await database.query('alter table gateway.leads drop constraint if exists leads_name_check')
    await database.end()
  }
}
