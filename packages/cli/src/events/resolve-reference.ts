import { eventCatalogue, webhookEventId } from '@leadlog/contracts'
import type { EventIndexRow } from '@leadlog/gateway/read-models'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { EventFinder, EventQuery } from './event-finder.ts'

/** What an operator named, and the events it stands for. */
export interface Reference {
  readonly kind: 'event' | 'webhook' | 'person' | 'aggregate' | 'crm-record' | 'correlation'
  /** In words, without personal data. */
  readonly label: string
  /** The events of it, by which all others are found. */
  readonly query: EventQuery
  /** The one that is meant; null where it is a whole history. */
  readonly event: EventIndexRow | null
}

/** Every kind of aggregate there is: `crm.lead`, `meetings.meeting`, … */
const AGGREGATES = [...new Set(eventCatalogue.map(({ context, aggregate }) => `${context}.${aggregate}`))]

/**
 * Finds out what somebody means: an event's id, an idempotency key, an e-mail address, the id of a lead, a meeting or
 * any other aggregate, or of a record or note in the CRM.
 *
 * @throws CliError CLI_NOT_FOUND that lists what was looked for; CLI_NOT_CONFIGURED for an address without a master key
 */
export async function resolveReference(context: Context, finder: EventFinder, given: string): Promise<Reference> {
  if (given.includes('@') && !given.includes(':')) {
    const personId = (await context.connect.keyring()).personId(given)
    return { kind: 'person', label: `person ${personId}`, query: { personIds: [personId] }, event: null }
  }
  const id = given.includes(':') ? webhookEventId(given) : given
  const [event] = await finder.find({ ids: [id] }, 1)
  if (event) {
    const kind = event.stream === 'INGEST' ? 'webhook' : 'event'
    return { kind, label: `${kind} ${id}`, query: { ids: [id] }, event }
  }
  const ways: readonly [Reference['kind'], EventQuery][] = [
    ['aggregate', { subjects: AGGREGATES.map((aggregate) => `${aggregate}.${given}`) }],
    ['person', { personIds: [given] }],
    ['correlation', { correlationIds: [given] }],
    ['crm-record', { ids: await eventsOfCrmRecord(finder, given) }]
  ]
  for (const [kind, query] of ways) {
    const found = await finder.find(query, 1)
    if (found.length > 0) return { kind, label: `${kind.replace('-', ' ')} ${given}`, query, event: null }
  }
  throw notFound(
    `Nothing is known of "${given}": it is no id of an event, webhook, lead, meeting or CRM record, and no idempotency key. The newest ids: leadlog events tail -n 20 --no-follow`
  )
}

/** The events that wrote to the record or note of that id. */
async function eventsOfCrmRecord({ db, find }: EventFinder, crmId: string): Promise<string[]> {
  const stored = db
    ? await db
        .selectFrom('gateway.crm_writes')
        .select('settled_event_id')
        .where((is) => is.or([is('crm_id', '=', crmId), is('crm_note_id', '=', crmId)]))
        .execute()
    : []
  // A write that the read models do not show yet is found by the facts of its event.
  const recent = (
    await find(
      { types: ['crm-sync.RecordWritten.v1', 'crm-sync.NoteWritten.v1', 'crm-sync.ObjectWritten.v1'] },
      RECENT_WRITES,
      'newest'
    )
  )
    .filter(({ facts }) => facts['crmId'] === crmId || facts['crmNoteId'] === crmId)
    .map(({ id }) => id)
  return [...new Set([...stored.map((row) => row.settled_event_id).filter((id) => id !== null), ...recent])]
}

/** Writes that the read models lack are among the newest. */
const RECENT_WRITES = 5_000
