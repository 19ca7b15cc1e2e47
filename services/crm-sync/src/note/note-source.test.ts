import t from 'tap'
import { ExtractionSkipped, LeadIntelExtracted, MeetingBooked, type RecordedEvent } from '@leadlog/contracts'
import { repeatedNoteNumber } from './note-source.ts'

const MONDAY = '2026-11-16T10:00:00.000Z'
const FRIDAY = '2026-11-20T10:00:00.000Z'

const event = (id: string, type: string, data: object): RecordedEvent =>
  ({ id, type, data }) as unknown as RecordedEvent
const read = event('read', LeadIntelExtracted.type, { meetingId: 'm1', observedAt: MONDAY })
const skipped = (id: string, meetingId: string, observedAt: string) =>
  event(id, ExtractionSkipped.type, { meetingId, observedAt })
const booked = (bookedAt: string) => event(`b ${bookedAt}`, MeetingBooked.type, { bookedAt, previousBookingUri: null })

void t.test('a booking told again with its join link, by a pull or a late webhook, gets no second note', async (t) => {
  const meetings = new Map([['m1', [booked(MONDAY), booked(MONDAY)]]])
  const history = [read, skipped('again', 'm1', MONDAY)]
  t.equal(repeatedNoteNumber({ id: 'again' }, history, meetings), null)
})

void t.test('a demo booked anew gets one more, however often it is told', async (t) => {
  const meetings = new Map([
    ['m1', [booked(MONDAY)]],
    ['m2', [booked(FRIDAY)]]
  ])
  const history = [read, skipped('anew', 'm2', FRIDAY), skipped('told twice', 'm2', FRIDAY)]
  t.equal(repeatedNoteNumber({ id: 'anew' }, history, meetings), 2)
  t.equal(repeatedNoteNumber({ id: 'told twice' }, history, meetings), null)
})
