import { isEvent, NoteWritten, RecordWritten } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { jetstreamManager } from '@nats-io/jetstream'
import type { Keyring } from '@leadlog/keyring'
import type { Pool } from 'pg'
import { callerLinks, furtherKeysOf } from './find-callers.ts'
import { findMentions, type Mention } from './find-mentions.ts'
import type { Whom } from './find-person.ts'
import { collectTraces, type PersonTraces } from './person-traces.ts'
import { keptRecordings, type KeptRecording } from './recordings.ts'
import { countRows } from './read-models.ts'
import { createTextSearch, type TextSearch } from './text-search.ts'

export interface ErasureParts {
  readonly log: EventLog
  readonly keyring: Keyring
  /** Null where the system's Postgres is not at hand: read models are then left to their own service. */
  readonly pool: Pool | null
  readonly signal: AbortSignal
}

/** A raw webhook that goes with the person. */
export interface RawWebhook {
  readonly provider: string
  readonly webhookId: string
}

/** What an erasure would do. Nothing is changed by making it. */
export interface ErasurePlan {
  readonly personId: string
  readonly keyState: 'active' | 'destroyed' | 'none'
  readonly eventsByType: Readonly<Record<string, number>>
  readonly rowsByTable: Readonly<Record<string, number>>
  /** Sound of calls that is removed. */
  readonly recordings: readonly KeptRecording[]
  readonly rawWebhooks: readonly RawWebhook[]
  /** Messages outside EVENTS and INGEST that hold plain texts of the person. */
  readonly messages: readonly Mention[]
  /** Events of other people that mention this person: they stay until those people are erased. */
  readonly mentionedElsewhere: readonly Mention[]
  /** Leads that have the phone number that was asked for: their calls go with them. */
  readonly leadsOfNumber: readonly string[]
  /** Further keys that are destroyed: of phone numbers whose calls are the person's. */
  readonly furtherKeys: readonly string[]
  readonly crm: { readonly module: string; readonly crmIds: readonly string[]; readonly notes: number }
  readonly traces: PersonTraces
  readonly search: TextSearch
}

/**
 * Looks at the whole log for what an erasure would reach.
 *
 * @param whom by address or number where it is known: finds raw webhooks that led to no event, too
 */
export async function planErasure(parts: ErasureParts, { personId, email, number }: Whom): Promise<ErasurePlan> {
  const { log, keyring, pool, signal } = parts
  const links = await callerLinks(log, signal)
  const furtherKeys = furtherKeysOf(links, personId)
  const traces = await collectTraces(log, personId, furtherKeys, signal)
  const given = [email, number?.replace(/\D/g, '')].filter((text) => typeof text === 'string')
  const search = createTextSearch([...traces.texts, ...given])
  const { mentions } = await findMentions(log, keyring, search, signal)
  const ingest = log.naming.stream('INGEST')
  const events = log.naming.stream('EVENTS')
  return {
    personId,
    keyState: await keyring.keyState(personId),
    eventsByType: traces.eventsByType,
    rowsByTable: pool === null ? {} : await countRows(pool, [personId, ...furtherKeys]),
    recordings: await keptRecordings(log, traces.recordingIds),
    rawWebhooks: await rawWebhooksOf(
      log,
      traces,
      mentions.filter(({ stream }) => stream === ingest)
    ),
    messages: mentions.filter(({ stream, how }) => stream !== ingest && stream !== events && how === 'plain'),
    mentionedElsewhere: mentions.filter(
      ({ stream, ownerId }) => stream === events && ownerId !== null && ownerId !== personId
    ),
    leadsOfNumber: number === null ? [] : [...(links.leads.get(personId) ?? [])],
    furtherKeys,
    crm: await crmOf(log, personId),
    traces,
    search
  }
}

/** Those that led to the person's events, and those that name them. */
async function rawWebhooksOf(
  log: EventLog,
  traces: PersonTraces,
  mentions: readonly Mention[]
): Promise<readonly RawWebhook[]> {
  const found = new Map<string, RawWebhook>()
  const manager = await jetstreamManager(log.connection)
  for (const { subject } of mentions) {
    const [, provider = '', webhookId = ''] = subject.split('.')
    found.set(webhookId, { provider, webhookId })
  }
  for (const webhookId of traces.webhookIds) {
    if (found.has(webhookId)) continue
    const message = await manager.streams.getMessage(log.naming.stream('INGEST'), {
      last_by_subj: log.naming.subject(`in.*.${webhookId}`)
    })
    const [, provider] = message ? log.naming.logicalSubject(message.subject).split('.') : []
    if (provider !== undefined) found.set(webhookId, { provider, webhookId })
  }
  return [...found.values()]
}

async function crmOf(log: EventLog, leadId: string): Promise<ErasurePlan['crm']> {
  const { events } = await log.load({ context: 'crm-sync', aggregate: 'record', id: leadId })
  const written = events.filter((event) => isEvent(event, RecordWritten))
  const notes = events.filter((event) => isEvent(event, NoteWritten))
  return {
    module: written.at(-1)?.data.module ?? '',
    crmIds: [...new Set(written.map(({ data }) => data.crmId))],
    notes: notes.length
  }
}
