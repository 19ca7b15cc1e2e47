import {
  ERASED_TEXT,
  isEvent,
  PermanentError,
  SmsDispatched,
  SmsNotSent,
  SmsRequested,
  type ContactCheck,
  type ContactSuppressed,
  type DataOf,
  type NewEvent,
  type QuietHours,
  type RecordedEvent,
  type SmsStatus
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { requestDigest, type EffectLedger } from '@leadlog/outbound'
import type { Clock } from '@leadlog/service'
import type { TwilioClient } from '@leadlog/twilio/rest'
import { checkContact } from '../suppression/check-contact.ts'
import { suppress } from '../suppression/decide-suppression.ts'
import { contactTimeZones } from '../suppression/look-at-contact.ts'
import { openWays, suppressionOf, suppressionRef } from '../suppression/suppression.ts'
import { judge, namesOf, noteNotSent, noteSent } from './decide-message.ts'
import { claim, findSent, responseOf } from './find-sent.ts'
import { isSettled, messageOf, messageRef, type Message } from './message.ts'
import type { SmsBudgets } from './sms-budgets.ts'

/** What sending needs. */
export interface SendDeps {
  readonly log: Pick<EventLog, 'load' | 'transact'>
  readonly twilio: TwilioClient
  readonly effects: EffectLedger
  readonly budgets: SmsBudgets
  readonly quietHours: QuietHours
  /** Where Twilio reaches ingest. */
  readonly ingestUrl: string
  readonly clock: Clock
}

/** What the ledger keeps of a message that Twilio took. */
export interface SentResponse {
  readonly messageSid: string
  readonly status: SmsStatus
  readonly segments: number | null
}

/** What became of a message for now; `waits` tells when to look again, where that is known. */
export type Delivery =
  { readonly outcome: 'sent' | 'not-sent' | 'held' | 'settled' } | { readonly outcome: 'waits'; readonly until: number }

/** Twilio's word for somebody who sent STOP: it refuses them for good. */
const OPTED_OUT_AT_TWILIO = 'TWILIO_21610'

/** Not about the message but about us: wrong credentials, an account that is suspended. Then everything waits. */
const ABOUT_US: ReadonlySet<string> = new Set(['TWILIO_20003', 'TWILIO_20005', 'TWILIO_20006', 'TWILIO_20008'])

function isRefusalOfMessage(error: unknown): error is PermanentError {
  return error instanceof PermanentError && error.code.startsWith('TWILIO_') && !ABOUT_US.has(error.code)
}

/** What the check before the send came to when the message may not go. */
class NotNow extends PermanentError {
  readonly outcome: 'not-sent' | 'held'

  constructor(recorded: readonly RecordedEvent[]) {
    super('TELEPHONY_SMS_NOT_NOW', 'The message may not go now')
    this.outcome = recorded.some(({ type }) => type === SmsNotSent.type) ? 'not-sent' : 'held'
  }
}

/**
 * Takes a waiting message on. Immediately before it goes to Twilio it is looked whether it may, in one transaction with the
 * event that says that it goes; so a STOP that was recorded before ends it. The call stands in the ledger of effects:
 * whatever dies in between, it is looked for at Twilio before it is sent again.
 *
 * @throws TransientError where something is away; then it is tried again later
 */
export async function deliverSms(deps: SendDeps, messageId: string): Promise<Delivery> {
  const { log, effects, budgets, clock, twilio } = deps
  const { events } = await log.load(messageRef(messageId))
  const cause = events.find((event) => isEvent(event, SmsRequested))
  const message = messageOf(events)
  const { requested } = message
  if (cause === undefined || requested === null || isSettled(message)) return { outcome: 'settled' }
  if (requested.text === ERASED_TEXT || requested.to === ERASED_TEXT) {
    const why = { reason: 'canceled' as const, code: 'PERSON_ERASED', detail: 'The recipient was erased', check: null }
    await record(deps, cause, 'outcome', (known) => noteNotSent(known, why, clock.now()))
    return { outcome: 'not-sent' }
  }
  if (message.dispatches.length === 0) {
    const early = await beforehand(deps, cause, message)
    if (early !== null) return early
  }
  try {
    const { response } = await effects.run<SentResponse>({
      key: `sms:${messageId}`,
      vendor: 'twilio',
      operation: 'send-sms',
      digest: requestDigest({ to: requested.to, from: requested.from, body: requested.text }),
      causedAt: new Date(requested.requestedAt),
      policy: 'look-up',
      waitMs: 0,
      reconcile: () => findSent(deps, cause, messageId),
      perform: async () => {
        await budgets.acquire(requested.from)
        const recorded = await lookAndRecord(deps, cause, message)
        if (!recorded.some(isDispatch)) throw new NotNow(recorded)
        const sent = await twilio.sendMessage({
          to: requested.to,
          from: requested.from,
          body: requested.text,
          statusCallback: `${deps.ingestUrl}/webhooks/twilio/sms-status?message=${messageId}`
        })
        return responseOf(sent)
      }
    })
    await claim(deps, cause, response.messageSid, messageId)
    await record(deps, cause, 'outcome', (known) => noteSent(known, response, clock.now()))
    return { outcome: 'sent' }
  } catch (error) {
    if (error instanceof NotNow) return { outcome: error.outcome }
    if (!isRefusalOfMessage(error)) throw error
    await noteRefusal(deps, cause, error)
    return { outcome: 'not-sent' }
  }
}

/** What ends or holds a message that never went to Twilio, without the ledger; null where it may go. */
async function beforehand(deps: SendDeps, cause: RecordedEvent, message: Message): Promise<Delivery | null> {
  const { requested } = message
  const now = deps.clock.now()
  if (requested === null) return { outcome: 'settled' }
  const check = await checkNow(deps, message)
  const due = requested.sendAt === null ? 0 : Date.parse(requested.sendAt)
  if (check.result !== 'suppressed' && due > now.getTime()) return { outcome: 'waits', until: due }
  if (judge(message, check, now).some(isDispatch)) return null
  const recorded = await lookAndRecord(deps, cause, message, false)
  if (recorded.some((event) => event.type === SmsNotSent.type)) return { outcome: 'not-sent' }
  return recorded.length > 0 ? { outcome: 'held' } : null
}

/**
 * Looks whether the message may go and takes down what follows, in one transaction over its history and the suppression's.
 *
 * @param mayDispatch false: only what ends or holds it is taken down
 */
async function lookAndRecord(
  deps: SendDeps,
  cause: RecordedEvent,
  message: Message,
  mayDispatch = true
): Promise<readonly RecordedEvent[]> {
  const { requested } = message
  if (requested === null) return []
  const zones = await contactTimeZones(deps.log, { number: requested.to, leadId: requested.leadId })
  const ref = messageRef(requested.messageId)
  const step = messageOf((await deps.log.load(ref)).events)
  const result = await deps.log.transact({
    cause: { id: cause.id, correlationId: cause.correlationid },
    handler: `telephony-send-sms/look-${step.dispatches.length}-${step.holds}`,
    actor: 'service:telephony',
    load: [ref, suppressionRef(requested.callerId)],
    decide: ([history, suppression]) => {
      const now = deps.clock.now()
      const about = { channel: 'sms' as const, purpose: requested.purpose, now, zones, quietHours: deps.quietHours }
      const known = suppression ? suppressionOf(suppression) : openWays(requested.callerId)
      const events = judge(messageOf(history?.events ?? []), checkContact({ ...about, suppression: known }), now)
      return mayDispatch ? events : events.filter((event) => event.definition !== SmsDispatched)
    }
  })
  return 'events' in result ? result.events : []
}

async function checkNow({ log, quietHours, clock }: SendDeps, { requested }: Message): Promise<ContactCheck> {
  if (requested === null) throw new TypeError('A message that nobody asked for is not looked at')
  const { to: number, leadId, purpose, callerId } = requested
  const zones = await contactTimeZones(log, { number, leadId })
  const suppression = suppressionOf(await log.load(suppressionRef(callerId)))
  return checkContact({ suppression, channel: 'sms', purpose, now: clock.now(), zones, quietHours })
}

/** Twilio will never take it. Whom it refuses for good is not written to again by anything. */
async function noteRefusal(deps: SendDeps, cause: RecordedEvent, { code, message }: PermanentError): Promise<void> {
  const now = deps.clock.now()
  const why: Pick<DataOf<typeof SmsNotSent>, 'reason' | 'code' | 'detail' | 'check'> = {
    reason: 'refused',
    code,
    detail: message,
    check: null
  }
  await record(deps, cause, 'outcome', (known) => noteNotSent(known, why, now), code === OPTED_OUT_AT_TWILIO)
}

async function record(
  { log, clock }: SendDeps,
  cause: RecordedEvent,
  step: string,
  decide: (message: Message) => readonly NewEvent[],
  refusedForGood = false
): Promise<void> {
  const { messageId, callerId } = cause.data as DataOf<typeof SmsRequested>
  await log.transact({
    cause: { id: cause.id, correlationId: cause.correlationid },
    handler: `telephony-send-sms/${step}`,
    actor: 'service:telephony',
    load: refusedForGood ? [messageRef(messageId), suppressionRef(callerId)] : [messageRef(messageId)],
    decide: ([history, suppression]) => {
      const message = messageOf(history?.events ?? [])
      const events = decide(message)
      const { requested } = message
      if (suppression === undefined || requested === null || events.length === 0) return events
      const { personId, leadId } = namesOf(requested)
      const order: Omit<DataOf<typeof ContactSuppressed>, 'suppressionId'> = {
        personId,
        leadId,
        kind: 'phone',
        address: requested.to,
        channels: ['sms'],
        reason: 'vendor-blocked',
        source: { kind: 'vendor', messageId, word: OPTED_OUT_AT_TWILIO },
        why: null,
        at: clock.now().toISOString()
      }
      return [...events, ...suppress(suppressionOf(suppression), order)]
    }
  })
}

function isDispatch(event: RecordedEvent | NewEvent): boolean {
  return ('definition' in event ? event.definition.type : event.type) === SmsDispatched.type
}
