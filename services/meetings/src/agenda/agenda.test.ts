import fc from 'fast-check'
import t from 'tap'
import { derivedEventId, isEvent, WebhookIgnored, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import { emptyAgenda, evolveAgenda, matchAgenda, standingId, type Agenda } from './agenda.ts'
import type { Booking, BookingCommand } from './booking-command.ts'
import { decideBooking } from './decide-booking.ts'
import { decideSession } from './decide-session.ts'
import type { SessionReport } from './session-report.ts'

const personId = 'person1'
const customer = {
  email: 'marco@northwind.example',
  name: 'Marco',
  firstName: null,
  lastName: null,
  phone: null,
  timezone: null
}

function booking(uri: string, startsAt: string, previousUri: string | null = null, room = `room-${uri}`): Booking {
  return {
    uri,
    customer,
    title: 'Discovery call',
    startsAt,
    endsAt: startsAt,
    platformMeetingId: room,
    previousUri,
    bookedAt: '2026-11-01T10:00:00.000Z',
    location: { kind: 'zoom', joinUrl: null, platformMeetingId: room },
    host: { name: null, email: null },
    guests: [],
    answers: [],
    tracking: {}
  }
}

function report(sessionId: string, startedAt: string, room: string | null, summary = 'They met.'): SessionReport {
  return {
    sessionId,
    customer,
    participants: [],
    title: 'Discovery call',
    startedAt,
    endedAt: startedAt,
    durationMinutes: 30,
    platform: 'zoom',
    platformMeetingId: room,
    reportUrl: null,
    summary,
    actionItems: [],
    keyQuestions: [],
    topics: [],
    transcript: [],
    contentDigest: `digest of ${summary}`
  }
}

type Step = { readonly id: string; readonly decide: (agenda: Agenda) => readonly NewEvent[] }

function bookingStep(id: string, command: BookingCommand): Step {
  return { id, decide: (agenda) => decideBooking(agenda, { webhookId: id, personId }, command) }
}

function sessionStep(id: string, session: SessionReport): Step {
  return { id, decide: (agenda) => decideSession(agenda, { webhookId: id, personId }, session) }
}

function run(steps: readonly Step[]): { agenda: Agenda; events: RecordedEvent[] } {
  let agenda = emptyAgenda
  const events: RecordedEvent[] = []
  for (const step of steps) {
    step.decide(agenda).forEach((event, index) => {
      const recorded = {
        id: derivedEventId(step.id, 'test', index),
        type: event.definition.type,
        data: event.data
      } as unknown as RecordedEvent
      events.push(recorded)
      agenda = evolveAgenda(agenda, recorded)
    })
  }
  return { agenda, events }
}

/** Keys of the agenda by meeting, without the ids themselves. */
function grouping(agenda: Agenda): string[] {
  const groups = Map.groupBy(agenda.entries, (entry) => standingId(agenda, entry.meetingId))
  return [...groups.values()]
    .map((entries) =>
      entries
        .map((entry) => entry.key)
        .sort()
        .join('+')
    )
    .sort()
}

const A = booking('A', '2026-11-18T16:00:00.000Z')
const B = booking('B', '2026-11-19T16:00:00.000Z', 'A')
const C = booking('C', '2026-11-20T18:00:00.000Z', 'B')
const D = booking('D', '2026-12-01T09:00:00.000Z')

const chain: Step[] = [
  bookingStep('w1', { kind: 'booked', booking: A }),
  bookingStep('w2', { kind: 'superseded', booking: A, byUri: 'B', at: '2026-11-02T10:00:00.000Z' }),
  bookingStep('w3', { kind: 'booked', booking: B }),
  bookingStep('w4', { kind: 'superseded', booking: B, byUri: 'C', at: '2026-11-03T10:00:00.000Z' }),
  bookingStep('w5', { kind: 'booked', booking: C }),
  sessionStep('w6', report('S1', '2026-11-20T18:04:00.000Z', 'room-C')),
  bookingStep('w7', { kind: 'booked', booking: D }),
  bookingStep('w8', { kind: 'canceled', booking: D, at: '2026-11-25T10:00:00.000Z', by: 'invitee', reason: null })
]

void t.test('a chain of reschedules and its session stay one meeting in any order of arrival', (t) => {
  fc.assert(
    fc.property(fc.shuffledSubarray(chain, { minLength: chain.length }), (steps) => {
      t.strictSame(grouping(run(steps).agenda), ['A+B+C+S1', 'D'])
    }),
    { numRuns: 300 }
  )
  t.end()
})

void t.test('halves of a reschedule that arrive alone are joined as soon as they can be', (t) => {
  fc.assert(
    fc.property(fc.shuffledSubarray(chain.slice(1, 3), { minLength: 2 }), (steps) => {
      t.strictSame(grouping(run(steps).agenda), ['A+B'])
    })
  )
  t.end()
})

void t.test('a session joins the booking that is closest in time and no other', (t) => {
  const morning = booking('M', '2026-11-20T09:00:00.000Z', null, 'personal-room')
  const noon = booking('N', '2026-11-20T12:00:00.000Z', null, 'personal-room')
  const steps = [
    bookingStep('m', { kind: 'booked', booking: morning }),
    bookingStep('n', { kind: 'booked', booking: noon }),
    sessionStep('s', report('S', '2026-11-20T12:03:00.000Z', 'personal-room'))
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray(steps, { minLength: 3 }), (order) => {
      const groups = grouping(run(order).agenda)
      t.ok(
        groups.some((group) => group.includes('N') && group.includes('S')),
        groups.join(' ')
      )
    })
  )
  t.end()
})

void t.test('a session far from every booking is a meeting of its own', (t) => {
  const { agenda } = run([chain[0], sessionStep('s', report('S', '2026-11-25T16:00:00.000Z', null))] as Step[])
  t.strictSame(grouping(agenda), ['A', 'S'])
  t.end()
})

void t.test('the same report again is ignored, another content replaces it', (t) => {
  const { events } = run([
    sessionStep('s1', report('S', '2026-11-25T16:00:00.000Z', null)),
    sessionStep('s2', report('S', '2026-11-25T16:00:00.000Z', null)),
    sessionStep('s3', report('S', '2026-11-25T16:00:00.000Z', null, 'They met and agreed.'))
  ])
  t.strictSame(
    events.filter((event) => !event.type.includes('Agenda')).map((event) => event.type),
    ['meetings.MeetingHeld.v1', 'meetings.WebhookIgnored.v1', 'meetings.MeetingReportUpdated.v1']
  )
  t.ok(events.some((event) => isEvent(event, WebhookIgnored) && event.data.reason === 'report-already-recorded'))
  t.end()
})

void t.test('a meeting id derives from the first booking known', (t) => {
  const first = matchAgenda(emptyAgenda, {
    kind: 'booking',
    key: 'A',
    linkedKeys: [],
    startsAt: null,
    platformMeetingId: null
  })
  const again = matchAgenda(emptyAgenda, {
    kind: 'booking',
    key: 'A',
    linkedKeys: [],
    startsAt: null,
    platformMeetingId: null
  })
  t.equal(first.meetingId, again.meetingId)
  t.end()
})
