import {
  CallReceived,
  CallStatusReported,
  CallTransferRequested,
  CheckoutOpened,
  ContactSuppressed,
  isEvent,
  LeadEnriched,
  MeetingRecordingPlayed,
  MeetingRecordingReported,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingTranscribed,
  SmsReceived,
  SmsRequested,
  RecordingPlayed,
  RecordingStored,
  RecordingUnavailable,
  type RecordedEvent
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'

/** Everything that the log holds of a person. */
export interface PersonTraces {
  readonly personId: string
  readonly eventIds: readonly string[]
  readonly eventsByType: Readonly<Record<string, number>>
  readonly meetingIds: readonly string[]
  readonly crmWriteIds: readonly string[]
  readonly callIds: readonly string[]
  /** Keyed hashes of phone numbers that were the person's. */
  readonly callerIds: readonly string[]
  readonly messageIds: readonly string[]
  /** Calls to the person that were asked for. */
  readonly dialIds: readonly string[]
  readonly threadIds: readonly string[]
  /** Invoices of the person, what came in for them, and who they are at Stripe. */
  readonly invoiceIds: readonly string[]
  readonly paymentIds: readonly string[]
  readonly stripeCustomerIds: readonly string[]
  /** Recordings of the person's calls and meetings. */
  readonly recordingIds: readonly string[]
  /** Webhooks that the person's events came from, by id. */
  readonly webhookIds: ReadonlySet<string>
  /** What identifies the person in plain text: addresses, names, telephone numbers. Empty once the key is destroyed. */
  readonly texts: readonly string[]
  /** Through which sequence of EVENTS was looked. */
  readonly throughSequence: number
}

interface PersonalData {
  readonly personId?: string
  readonly meetingId?: string | null
  readonly mergedMeetingId?: string
  readonly writeId?: string
  readonly noteId?: string
  readonly writeIds?: readonly string[]
  readonly callId?: string | null
  readonly callerId?: string | null
  readonly suppressionId?: string | null
  readonly messageId?: string | null
  readonly dialId?: string | null
  readonly threadId?: string | null
  readonly invoiceId?: string | null
  readonly paymentId?: string | null
  readonly customer?: { email?: string; name?: string | null; phone?: string | null } | null
}

/** Fewer are a short code, or no number. */
const LEAST_DIGITS = 7

/** Recordings of meetings, stored or not. */
const ofMeetings = [MeetingRecordingReported, MeetingRecordingStored, MeetingRecordingUnavailable, MeetingTranscribed]

const BATCH = 500
const WAIT_MS = 50

/**
 * Reads EVENTS from its beginning; nothing else knows every event of a person for certain.
 *
 * @param furtherKeys other ids under which there is something of the person
 */
export async function collectTraces(
  log: EventLog,
  personId: string,
  furtherKeys: readonly string[],
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void = () => undefined
): Promise<PersonTraces> {
  const last = await log.lastSequence('EVENTS')
  const persons = new Set<string | undefined>([personId, ...furtherKeys])
  const eventIds: string[] = []
  const eventsByType: Record<string, number> = {}
  const meetingIds = new Set<string>()
  const crmWriteIds = new Set<string>()
  const callIds = new Set<string>()
  const callerIds = new Set<string>()
  const messageIds = new Set<string>()
  const dialIds = new Set<string>()
  const threadIds = new Set<string>()
  const invoices = new Map<string, string | undefined>()
  const paymentIds = new Set<string>()
  const stripeCustomerIds = new Set<string>()
  const recordings = new Map<string, string>()
  const webhookIds = new Set<string>()
  const texts = new Set<string>()
  const take = (event: RecordedEvent): void => {
    const data = event.data as PersonalData
    // Who listened to what is told of those who listened.
    if (event.type.startsWith('privacy.') || isEvent(event, RecordingPlayed) || isEvent(event, MeetingRecordingPlayed))
      return
    if (isEvent(event, RecordingStored) || isEvent(event, RecordingUnavailable)) {
      recordings.set(event.data.recordingId, event.data.personId)
    }
    if (ofMeetings.some((definition) => isEvent(event, definition))) {
      const { recordingId = '', personId: whose = '' } = data as { recordingId?: string; personId?: string }
      recordings.set(recordingId, whose)
    }
    // A draft that was begun for one customer may have become another's.
    if (isId(data.invoiceId)) invoices.set(data.invoiceId, data.personId)
    // Some events of a call or message name nobody.
    const isOfTheirs = callIds.has(data.callId ?? '') || messageIds.has(data.messageId ?? '')
    if (!persons.has(data.personId) && !(data.personId === undefined && isOfTheirs)) return
    if (isId(data.callId)) callIds.add(data.callId)
    if (isId(data.callerId)) callerIds.add(data.callerId)
    if (isId(data.suppressionId)) callerIds.add(data.suppressionId)
    // A call that is handed over names the dial to a colleague, who is somebody else.
    if (isId(data.dialId) && !isEvent(event, CallTransferRequested)) dialIds.add(data.dialId)
    if (isId(data.messageId)) messageIds.add(data.messageId)
    if (isId(data.threadId)) threadIds.add(data.threadId)
    if (isId(data.paymentId)) paymentIds.add(data.paymentId)
    if (isEvent(event, CheckoutOpened)) stripeCustomerIds.add(event.data.customerId)
    eventIds.push(event.id)
    eventsByType[event.type] = (eventsByType[event.type] ?? 0) + 1
    webhookIds.add(event.correlationid)
    for (const id of [data.meetingId, data.mergedMeetingId]) if (isId(id)) meetingIds.add(id)
    for (const id of [data.writeId, data.noteId, ...(data.writeIds ?? [])]) if (isId(id)) crmWriteIds.add(id)
    for (const text of textsOf(event, data)) texts.add(text)
  }
  if (last > 0) {
    const request = {
      stream: 'EVENTS',
      fromSequence: 1,
      untilSequence: last,
      maxEvents: BATCH,
      maxWaitMs: WAIT_MS,
      signal
    }
    for await (const batch of log.batches(request)) {
      for (const event of batch.events) take(event)
      onProgress(batch.throughSequence, last)
    }
  }
  return {
    personId,
    eventIds,
    eventsByType,
    meetingIds: [...meetingIds],
    crmWriteIds: [...crmWriteIds],
    callIds: [...callIds],
    callerIds: [...callerIds],
    messageIds: [...messageIds],
    dialIds: [...dialIds],
    threadIds: [...threadIds],
    invoiceIds: [...invoices].flatMap(([id, whose]) => (persons.has(whose) ? [id] : [])),
    paymentIds: [...paymentIds],
    stripeCustomerIds: [...stripeCustomerIds],
    recordingIds: [...recordings].flatMap(([id, whose]) => (persons.has(whose) ? [id] : [])),
    webhookIds,
    texts: [...texts].filter((text) => text !== '' && !text.includes('[erased]')),
    throughSequence: last
  }
}

/** What an event says of a kind of thing may be that there is none. */
function isId(id: string | null | undefined): id is string {
  return typeof id === 'string'
}

function textsOf(event: RecordedEvent, { customer }: PersonalData): string[] {
  const own = customer ? [customer.email, customer.name, customer.phone] : []
  const enriched = isEvent(event, LeadEnriched)
    ? event.data.fields.flatMap(({ field, value }) => (field === 'phone' && typeof value === 'string' ? [value] : []))
    : []
  return [...own, ...enriched, ...numbersOf(event)].filter((text) => typeof text === 'string')
}

/** Figures only: in a form that Twilio sent, the plus is written another way. */
function numbersOf(event: RecordedEvent): string[] {
  const digits = numberIn(event).replace(/\D/g, '')
  return digits.length < LEAST_DIGITS ? [] : [digits]
}

function numberIn(event: RecordedEvent): string {
  if (isEvent(event, CallReceived) || isEvent(event, SmsReceived)) return event.data.from
  if (isEvent(event, CallStatusReported)) return event.data.number
  if (isEvent(event, SmsRequested)) return event.data.to
  return isEvent(event, ContactSuppressed) ? (event.data.address ?? '') : ''
}
