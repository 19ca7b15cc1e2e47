import {
  BookingSuperseded,
  MeetingBooked,
  MeetingCanceled,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingRescheduled,
  type EventDefinition,
  type RecordedEvent
} from '@leadlog/contracts'
import t from 'tap'
import { entryOf } from './timeline-entry.ts'

const AT = '2026-11-18T16:00:00Z'
const TOLD = [
  MeetingBooked,
  MeetingRescheduled,
  BookingSuperseded,
  MeetingCanceled,
  MeetingNoShowMarked,
  MeetingNoShowCleared
]
const sourceOf = (definition: EventDefinition, bookingUri: string) => {
  const data = {
    bookingUri,
    title: 'Product demo',
    host: { name: null },
    startsAt: AT,
    canceledBy: 'host',
    reason: null
  }
  return entryOf({ type: definition.type, data, source: 'leadlog/meetings', time: AT } as unknown as RecordedEvent)
    ?.source
}

void t.test('a booking is told of by the calendar in which it was made', (t) => {
  for (const definition of TOLD) {
    t.equal(sourceOf(definition, 'https://api.calendly.com/invitees/1'), 'calendly', definition.type)
    t.equal(sourceOf(definition, 'leadlog:booking:1'), 'leadlog', definition.type)
  }
  t.end()
})
