import { setTimeout as delay } from 'node:timers/promises'
import {
  derivedId,
  ErasureCompleted,
  ErasureRequested,
  isEvent,
  newEvent,
  PermanentError,
  PersonErased,
  RecordDeleted,
  TransientError,
  type Actor,
  type AggregateRef,
  type ErasureFindings,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { certificateOf, saltedDigest, type Certificate } from './certificate.ts'
import { findMentions } from './find-mentions.ts'
import type { Whom } from './find-person.ts'
import { planErasure, type ErasureParts, type ErasurePlan } from './plan-erasure.ts'
import { collectTraces } from './person-traces.ts'
import { keptRecordings } from './recordings.ts'
import { countRows, searchTables } from './read-models.ts'
import { scrubPostgres } from './scrub-postgres.ts'

/** The steps, in their order. */
export type ErasureProgress =
  | 'looking'
  | 'erasing webhooks'
  | 'destroying the key'
  | 'waiting for read models'
  | 'waiting for recordings'
  | 'waiting for the CRM'
  | 'scrubbing Postgres'
  | 'searching'

export interface EraseRequest extends Whom {
  readonly reason: string
  readonly actor: Actor
  readonly now: () => Date
  /** How long to wait for the CRM's outcome; after that the certificate says `pending`. */
  readonly crmWaitMs: number
  readonly onProgress?: (step: ErasureProgress) => void
}

export interface ErasureResult {
  readonly plan: ErasurePlan
  readonly certificate: Certificate
}

/** Read models are level within a second; longer means that the gateway is not running. */
const READ_MODELS_WAIT_MS = 120_000
const LOOK_EVERY_MS = 100

export function personRef(personId: string): AggregateRef {
  return { context: 'privacy', aggregate: 'person', id: personId }
}

/**
 * Erases a person and looks whether it worked. Every step can be repeated: after an interruption run it again, and the
 * same erasure is carried on. The order matters: what names the person is collected and removed while it can still be
 * read, then the key is destroyed, then read models and CRM are told.
 *
 * @throws PermanentError `ERASURE_NOTHING_TO_ERASE`, `ERASURE_DONE_BEFORE`
 * @throws TransientError `ERASURE_READ_MODELS_BEHIND` when the gateway did not drop its rows in two minutes
 */
export async function erasePerson(parts: ErasureParts, request: EraseRequest): Promise<ErasureResult> {
  const { log, keyring, pool, signal } = parts
  const { personId, onProgress = () => undefined } = request
  const ref = personRef(personId)
  const history = (await log.load(ref)).events
  const completed = history.filter((event) => isEvent(event, ErasureCompleted)).length
  const erasureId = derivedId('erasure', personId, String(completed))
  onProgress('looking')
  const plan = await planErasure(parts, request)
  const begun = history.some((event) => isEvent(event, ErasureRequested) && event.data.erasureId === erasureId)
  if (!begun) refuseEmpty(plan, completed)

  const append = async (step: string, event: NewEvent): Promise<RecordedEvent> => {
    const result = await log.transact({
      cause: { id: erasureId, correlationId: erasureId },
      handler: `erase-person/${step}`,
      actor: request.actor,
      load: [ref],
      decide: () => [event]
    })
    const [recorded] = 'events' in result ? result.events : []
    if (!recorded) throw new TypeError('An erasure has no rules that could refuse it')
    return recorded
  }
  const base = { erasureId, personId }
  const requested = await append('request', newEvent(ErasureRequested, personId, { ...base, reason: request.reason }))

  onProgress('erasing webhooks')
  const cause = { id: requested.id, correlationId: erasureId }
  for (const { provider, webhookId } of plan.rawWebhooks) {
    await log.eraseWebhook({ provider, webhookId, erasureId, actor: request.actor, cause })
  }
  for (const { stream, sequence } of plan.messages) await log.eraseMessage(log.naming.logicalStream(stream), sequence)

  onProgress('destroying the key')
  const keys = [personId, ...plan.furtherKeys]
  for (const key of keys) await keyring.destroyKey(key)
  // Once more: what was written between the first look and the end of the key.
  const traces = await collectTraces(log, personId, plan.furtherKeys, signal)
  await append(
    'erased',
    newEvent(PersonErased, personId, {
      ...base,
      leadId: personId,
      meetingIds: [...traces.meetingIds],
      crmWriteIds: [...traces.crmWriteIds],
      callIds: [...traces.callIds],
      recordingIds: [...traces.recordingIds],
      callerIds: [...traces.callerIds],
      messageIds: [...traces.messageIds],
      threadIds: [...traces.threadIds],
      dialIds: [...traces.dialIds],
      invoiceIds: [...traces.invoiceIds],
      paymentIds: [...traces.paymentIds],
      stripeCustomerIds: [...traces.stripeCustomerIds],
      eventIds: [...traces.eventIds]
    })
  )

  if (pool !== null) {
    onProgress('waiting for read models')
    const empty = async () => Object.values(await countRows(pool, keys)).every((count) => count === 0)
    if (!(await comesTrue(empty, READ_MODELS_WAIT_MS, signal))) throw readModelsBehind()
  }
  onProgress('waiting for recordings')
  const ofSound = plan.recordings.map(({ recordingId }) => recordingId)
  const noneKept = async () => (await keptRecordings(log, ofSound)).length === 0
  await comesTrue(noneKept, request.crmWaitMs, signal)
  const stillKept = (await keptRecordings(log, ofSound)).length
  onProgress('waiting for the CRM')
  const crm = await crmOutcome(log, plan, erasureId, request.crmWaitMs, signal)
  onProgress('scrubbing Postgres')
  const postgres = pool === null ? [] : await scrubPostgres(pool)

  onProgress('searching')
  const { mentions, looked } = await findMentions(log, keyring, plan.search, signal)
  const searches = [
    ...Object.entries(looked).map(([stream, count]) => ({
      place: `stream ${stream}`,
      looked: count,
      found: mentions.filter((mention) => mention.stream === stream).length
    })),
    ...(pool === null
      ? []
      : (await searchTables(pool, plan.search)).map((one) => ({ ...one, place: `table ${one.place}` })))
  ]
  const findings: ErasureFindings = {
    eventsByType: plan.eventsByType,
    webhooksErased: plan.rawWebhooks.length,
    messagesErased: plan.messages.length,
    recordings: { found: ofSound.length, deleted: ofSound.length - stillKept },
    rowsByTable: plan.rowsByTable,
    crm,
    postgres: [...postgres],
    searches,
    searchedFor: plan.search.texts.map((text) => saltedDigest(erasureId, text)),
    keyDestroyed: (await Promise.all(keys.map((key) => keyring.keyState(key)))).every((state) => state !== 'active')
  }
  const statement = { ...base, requestedAt: requested.time, completedAt: request.now().toISOString(), findings }
  const certificate = certificateOf(keyring, statement)
  await append('completed', newEvent(ErasureCompleted, personId, { ...statement, signature: certificate.signature }))
  return { plan, certificate }
}

function refuseEmpty(plan: ErasurePlan, completed: number): void {
  const { keyState, rawWebhooks, messages, recordings } = plan
  if (keyState === 'active' || [rawWebhooks, messages, recordings].some(({ length }) => length > 0)) return
  if (completed > 0 || plan.keyState === 'destroyed') {
    throw new PermanentError('ERASURE_DONE_BEFORE', `Person ${plan.personId} is erased already, and nothing came since`)
  }
  throw new PermanentError(
    'ERASURE_NOTHING_TO_ERASE',
    `Nothing is known of person ${plan.personId}. Give the e-mail address as it was used, or the id of a lead`
  )
}

async function crmOutcome(
  log: EventLog,
  plan: ErasurePlan,
  erasureId: string,
  waitMs: number,
  signal: AbortSignal
): Promise<ErasureFindings['crm']> {
  const { module } = plan.crm
  let events: readonly RecordedEvent[] = []
  const settled = async () => {
    const history = await log.load({ context: 'crm-sync', aggregate: 'record', id: plan.personId })
    events = history.events.filter((event) => isEvent(event, RecordDeleted) && event.data.erasureId === erasureId)
    return events.length > 0
  }
  await comesTrue(settled, waitMs, signal)
  const deleted = events.filter((event) => isEvent(event, RecordDeleted)).at(-1)
  return {
    outcome: deleted?.data.outcome ?? 'pending',
    module: deleted?.data.module ?? module,
    crmIds: [...plan.crm.crmIds]
  }
}

async function comesTrue(look: () => Promise<boolean>, withinMs: number, signal: AbortSignal): Promise<boolean> {
  for (const end = performance.now() + withinMs; ; await delay(LOOK_EVERY_MS, undefined, { signal })) {
    if (await look()) return true
    if (performance.now() > end) return false
  }
}

function readModelsBehind(): TransientError {
  return new TransientError(
    'ERASURE_READ_MODELS_BEHIND',
    'The read models still hold rows of the person. Start the gateway, or see why it is behind, then run the erasure again: it goes on where it was'
  )
}
