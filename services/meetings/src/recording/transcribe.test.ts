import {
  AgendaEntryAdded,
  BookingSuperseded,
  MeetingBooked,
  MeetingCanceled,
  MeetingRecordingReported,
  MeetingRecordingUnavailable,
  MeetingsMerged,
  MeetingTranscribed,
  newEvent,
  ParticipantJoined,
  WebhookReceived,
  type AggregateRef,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { Readable } from 'node:stream'
import type { HandlerContext } from '@leadlog/service'
import { fakeClock } from '@leadlog/testing'
import t from 'tap'
import { agendaRef, meetingRef } from '../agenda/booking-aggregate.ts'
import type { MeetingsDeps } from '../deps.ts'
import { recordingRef } from './recording.ts'
import { storeMeetingRecordings } from './store-recordings.reactor.ts'

const START = '2026-11-18T10:00:00.000Z'
const END = '2026-11-18T10:30:00.000Z'
const SPOKEN = 'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nPriya: We need it by June.'
const customer = {
  email: 'marco@cust.example',
  name: 'Marco',
  firstName: null,
  lastName: null,
  phone: null,
  timezone: null
}
const instance = { personId: 'p1', provider: 'zoom' as const, uuid: 'u1==', platformMeetingId: '81234567890' }

const bookedOn = (meetingId: string) =>
  newEvent(MeetingBooked, meetingId, {
    ...{ meetingId, personId: 'p1', bookingUri: 'A', previousBookingUri: null, customer, title: 'Demo' },
    ...{ startsAt: START, endsAt: END, bookedAt: '2026-11-10T10:00:00.000Z' },
    location: { kind: 'zoom', joinUrl: null, platformMeetingId: instance.platformMeetingId },
    host: { name: 'Dana Whitfield', email: 'dana@own.example' },
    ...{ guests: [], answers: [], tracking: {} }
  })
const joinedOn = (meetingId: string) =>
  newEvent(ParticipantJoined, meetingId, {
    ...{ ...instance, meetingId, participantId: 'P2', name: 'Priya', email: null, side: 'outside', joinedAt: START }
  })
const reportedOn = (meetingId: string) =>
  newEvent(MeetingRecordingReported, meetingId, {
    ...{ recordingId: 'r1', meetingId, personId: 'p1', kind: 'transcript', uuid: instance.uuid, webhookId: 'w1' },
    ...{ fileId: 'F', recordingType: null, sizeBytes: null, startedAt: START, endedAt: END, reportedAt: END }
  })

/** A log of some histories, and the handler over it. */
function transcriptOf(told: readonly (readonly [AggregateRef, readonly NewEvent[]])[]) {
  const keyOf = ({ aggregate, id }: AggregateRef): string => `${aggregate} ${id}`
  const asRecorded = ({ definition, data }: NewEvent) => ({ type: definition.type, data }) as unknown as RecordedEvent
  const histories = new Map(told.map(([ref, events]) => [keyOf(ref), events.map(asRecorded)]))
  const load = async (ref: AggregateRef) => ({ ref, events: histories.get(keyOf(ref)) ?? [], sequence: 0 })
  const transact: HandlerContext['transact'] = async ({ load: refs, decide }) => {
    const events = decide(await Promise.all(refs.map(load)))
    if (!Array.isArray(events)) throw new TypeError('refused')
    for (const event of events as NewEvent[]) {
      const key = keyOf({ context: 'meetings', aggregate: event.definition.aggregate, id: event.aggregateId })
      histories.set(key, [...(histories.get(key) ?? []), asRecorded(event)])
    }
    return { events: [], repeated: false }
  }
  const body = {
    ...{ event: 'recording.transcript_completed', download_token: 'webhook' },
    payload: {
      object: { id: instance.platformMeetingId, recording_files: [{ id: 'F', download_url: 'https://zoom.us/x' }] }
    }
  }
  const webhook = { type: WebhookReceived.type, data: { keyId: 'k', body: 'sealed', receivedAt: END } }
  const deps = {
    keys: { keyState: async () => 'active' },
    log: { getLast: async () => webhook },
    webhooks: { openBytes: async () => Buffer.from(JSON.stringify(body)) },
    zoomAccess: null,
    download: async () => ({ contentType: 'text/vtt', contentLength: null, body: Readable.from([SPOKEN]) })
  } as unknown as MeetingsDeps
  const { signal } = new AbortController()
  const context = { attempt: 1, attemptToken: '', clock: fakeClock(END), signal, load, transact }
  return {
    handle: (report: NewEvent) =>
      storeMeetingRecordings.handle(asRecorded(report), deps, context as unknown as HandlerContext),
    history: (ref: AggregateRef) => histories.get(keyOf(ref)) ?? []
  }
}

void t.test('a transcript is of the meeting that stays, with who was there under its earlier id', async (t) => {
  const merge = { meetingId: 'm1', mergedMeetingId: 'm0', personId: 'p1', bookingUris: ['A'], sessionIds: [] }
  const entry = { personId: 'p1', meetingId: 'm1', kind: 'booking' as const, key: 'A', linkedKeys: [] }
  const told = transcriptOf([
    [meetingRef('m0'), [bookedOn('m0'), joinedOn('m0'), reportedOn('m0')]],
    [meetingRef('m1'), [newEvent(MeetingsMerged, 'm1', merge)]],
    [
      agendaRef('p1'),
      [
        newEvent(AgendaEntryAdded, 'p1', {
          ...{ ...entry, mergedMeetingIds: ['m0'], startsAt: START, platformMeetingId: null, contentDigest: null }
        })
      ]
    ]
  ])
  await told.handle(reportedOn('m0'))
  await told.handle(reportedOn('m0'))
  t.match(told.history(meetingRef('m1')).slice(1), [
    {
      type: MeetingTranscribed.type,
      data: {
        meetingId: 'm1',
        participants: [{ name: 'Dana Whitfield' }, { name: 'Marco' }, { name: 'Priya', external: true }],
        transcript: [{ speaker: 'Priya', words: 'We need it by June.' }]
      }
    }
  ])
  t.equal(told.history(meetingRef('m1')).length, 2, 'once')
  t.equal(told.history(meetingRef('m0')).length, 3, 'nothing is added to what is another now')
})

void t.test('while the next booking of a chain is not known, the last that is speaks for the meeting', async (t) => {
  const superseded = newEvent(BookingSuperseded, 'm1', {
    ...{ meetingId: 'm1', personId: 'p1', customer, bookingUri: 'A', supersededByUri: 'B', supersededAt: END }
  })
  const told = transcriptOf([[meetingRef('m1'), [bookedOn('m1'), joinedOn('m1'), superseded, reportedOn('m1')]]])
  await told.handle(reportedOn('m1'))
  t.match(told.history(meetingRef('m1')).at(-1), {
    type: MeetingTranscribed.type,
    data: { customer: { email: customer.email }, transcript: [{ speaker: 'Priya' }] }
  })
})

void t.test('where no booking is known it is said that there will be no transcript', async (t) => {
  const canceled = newEvent(MeetingCanceled, 'm1', {
    ...{ meetingId: 'm1', personId: 'p1', bookingUri: 'A', customer, canceledAt: END, canceledBy: null, reason: null },
    ...{ startsAt: START, endsAt: END, title: 'Demo' }
  })
  const told = transcriptOf([[meetingRef('m1'), [canceled, reportedOn('m1')]]])
  await told.handle(reportedOn('m1'))
  t.equal(told.history(meetingRef('m1')).length, 2)
  t.match(told.history(recordingRef('r1')), [
    { type: MeetingRecordingUnavailable.type, data: { reason: 'unreadable', detail: /^No booking of the meeting/ } }
  ])
})
