import t from 'tap'
import { isEvent, MeetingCanceled, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import { emptyAgenda, evolveAgenda, type Agenda } from './agenda.ts'
import type { BookingCommand, BookingRef } from './booking-command.ts'
import { decideBooking, meetingOf } from './decide-booking.ts'

const personId = 'person1'
const booking: BookingRef = {
  uri: 'https://api.calendly.com/scheduled_events/E1/invitees/I1',
  customer: null,
  title: 'Discovery call',
  startsAt: '2026-11-18T16:00:00.000Z',
  endsAt: '2026-11-18T16:30:00.000Z',
  platformMeetingId: null
}
const at = '2026-11-17T09:00:00.000Z'
const changes: BookingCommand[] = [
  { kind: 'canceled', booking, at, by: 'invitee', reason: null },
  { kind: 'superseded', booking, byUri: 'I2', at },
  { kind: 'no-show', booking, at },
  { kind: 'no-show-cleared', booking, at }
]

const recorded = (events: readonly NewEvent[]): RecordedEvent[] =>
  events.map(({ definition, data }) => ({ type: definition.type, data }) as unknown as RecordedEvent)
const names = (events: readonly NewEvent[]): string[] => events.map(({ definition }) => definition.name)

void t.test('a change that was pulled adds nothing when its webhook comes late under another key', async (t) => {
  for (const command of changes) {
    const first = decideBooking(emptyAgenda, { webhookId: 'pulled', personId }, command)
    const events = recorded(first)
    const agenda: Agenda = events.reduce(evolveAgenda, emptyAgenda)
    t.equal(meetingOf(agenda, command), first[0]?.aggregateId)
    const late = decideBooking(agenda, { webhookId: 'late', personId }, command, events)
    t.same(names(late), ['WebhookIgnored'], command.kind)
    t.match(late[0]?.data, { webhookId: 'late', reason: 'change-already-recorded' })
  }
})

void t.test('another change of the same booking is recorded, though', async (t) => {
  const first = recorded(decideBooking(emptyAgenda, { webhookId: 'w1', personId }, changes[2] as BookingCommand))
  const agenda = first.reduce(evolveAgenda, emptyAgenda)
  const again: BookingCommand = { kind: 'no-show', booking, at: '2026-11-18T17:00:00.000Z' }
  t.same(names(decideBooking(agenda, { webhookId: 'w2', personId }, again, first)), [
    'MeetingNoShowMarked',
    'AgendaEntryAdded'
  ])
  const canceled = decideBooking(agenda, { webhookId: 'w3', personId }, changes[0] as BookingCommand, first)
  t.ok(recorded(canceled).some((event) => isEvent(event, MeetingCanceled)))
})
