import fc from 'fast-check'
import t from 'tap'
import { MeetingBooked, MeetingCanceled, type MeetingFact, type RecordedEvent } from '@leadlog/contracts'
import { demoDate } from './demo-date.ts'
import { leadDetails, type DetailsClaim } from './lead-details.ts'
import { leadStatus } from './lead-status.ts'
import { unknownLead } from './lead.ts'
import { leadFactOf } from './meeting-event-fact.ts'
import { recordMeetingFact } from './record-meeting-fact.ts'

function fact(
  kind: MeetingFact['kind'],
  key: string,
  occurredAt: string,
  rest: Partial<MeetingFact> = {}
): MeetingFact {
  return {
    kind,
    meetingId: 'm1',
    key,
    occurredAt,
    startsAt: null,
    endsAt: null,
    relatedKey: null,
    timezone: null,
    reportUrl: null,
    ...rest
  }
}

const booked = fact('booked', 'A', '2026-11-01T10:00:00Z', {
  startsAt: '2026-11-18T16:00:00Z',
  timezone: 'Europe/Rome'
})
const superseded = fact('superseded', 'A', '2026-11-02T10:00:00Z', { relatedKey: 'B' })
const rescheduled = fact('rescheduled', 'B', '2026-11-02T10:00:00Z', {
  startsAt: '2026-11-19T16:00:00Z',
  relatedKey: 'A'
})
const held = fact('held', 'S', '2026-11-19T16:40:00Z', { startsAt: '2026-11-19T16:02:00Z' })
const canceled = fact('canceled', 'B', '2026-11-03T10:00:00Z')
const noShow = fact('no-show', 'B', '2026-11-19T17:00:00Z')
const cleared = fact('no-show-cleared', 'B', '2026-11-19T18:00:00Z')
const later = fact('booked', 'C', '2026-11-21T10:00:00Z', { meetingId: 'm2', startsAt: '2026-12-01T10:00:00Z' })

void t.test('status follows from the facts', (t) => {
  t.equal(leadStatus([]).status, 'new')
  t.equal(leadStatus([booked]).status, 'demo-booked')
  t.equal(
    leadStatus([booked, superseded]).status,
    'demo-booked',
    'the canceled half of a reschedule is no cancellation'
  )
  t.equal(leadStatus([booked, superseded, rescheduled]).status, 'demo-booked')
  t.equal(leadStatus([booked, superseded, rescheduled, canceled]).status, 'demo-canceled')
  t.equal(leadStatus([booked, rescheduled, noShow]).status, 'demo-no-show')
  t.equal(leadStatus([booked, rescheduled, noShow, cleared]).status, 'demo-booked')
  t.equal(leadStatus([booked, rescheduled, noShow, held]).status, 'demo-complete', 'a held meeting corrects the mark')
  t.equal(leadStatus([booked, held, later]).status, 'demo-booked', 'a newer booking of another meeting counts')
  t.equal(
    leadStatus([fact('canceled', 'X', '2026-11-03T10:00:00Z')]).status,
    'demo-canceled',
    'a cancellation before its booking'
  )
  t.end()
})

void t.test('what the platform tells of who came decides, unless a person or a report knows better', (t) => {
  const startsAt = '2026-11-18T16:00:00Z'
  const verdict = (kind: MeetingFact['kind'], minute: number) =>
    fact(kind, 'A', `2026-11-18T16:${String(minute)}:00Z`, { startsAt })
  const missed = verdict('not-attended', 15)
  const came = verdict('attended', 40)
  t.strictSame(leadStatus([booked, missed]), { status: 'demo-no-show', meetingId: 'm1', at: startsAt })
  t.equal(leadStatus([came, missed, booked]).status, 'demo-complete', 'the newest verdict knew most')
  t.equal(leadStatus([booked, missed, verdict('attendance-unknown', 50)]).status, 'demo-booked')
  t.equal(leadStatus([booked, came, fact('no-show', 'A', '2026-11-18T17:00:00Z')]).status, 'demo-no-show')
  t.equal(leadStatus([booked, missed, { ...held, occurredAt: '2026-11-18T16:30:00Z' }]).status, 'demo-complete')
  t.equal(leadStatus([booked, missed, superseded, rescheduled]).status, 'demo-booked', 'it got its second chance')
  const canceledAgain = fact('canceled', 'A', '2026-11-18T18:00:00Z')
  t.equal(leadStatus([booked, missed, canceledAgain]).status, 'demo-canceled')
  t.equal(leadStatus([booked, came, canceledAgain]).status, 'demo-complete')
  t.end()
})

void t.test('a cancellation counts only where no other meeting stands', (t) => {
  const canceledFirst = fact('canceled', 'A', '2026-11-04T10:00:00Z')
  const second = fact('booked', 'D', '2026-11-03T10:00:00Z', { meetingId: 'm2', startsAt: '2026-11-25T10:00:00Z' })
  t.equal(leadStatus([booked, second, canceledFirst]).status, 'demo-booked')
  t.equal(demoDate([booked, second, canceledFirst])?.startsAt, '2026-11-25T10:00:00Z', 'and the date fits the status')
  const canceledSecond = fact('canceled', 'D', '2026-11-05T10:00:00Z', { meetingId: 'm2' })
  t.equal(leadStatus([booked, second, canceledFirst, canceledSecond]).status, 'demo-canceled')
  t.end()
})

void t.test('a missed booking that was rescheduled is booked again', (t) => {
  const missed = fact('no-show', 'A', '2026-11-05T10:00:00Z')
  const moved = fact('rescheduled', 'B', '2026-11-06T10:00:00Z', { startsAt: '2026-11-25T10:00:00Z', relatedKey: 'A' })
  t.equal(leadStatus([booked, missed]).status, 'demo-no-show')
  t.equal(leadStatus([booked, missed, moved]).status, 'demo-booked')
  t.end()
})

void t.test("the calendar's date is not replaced by the notetaker's", (t) => {
  t.equal(demoDate([held])?.source, 'notetaker')
  t.equal(demoDate([held, booked])?.startsAt, '2026-11-18T16:00:00Z')
  t.equal(demoDate([booked, superseded, rescheduled])?.startsAt, '2026-11-19T16:00:00Z')
  t.equal(
    demoDate([booked, superseded, rescheduled, canceled])?.startsAt,
    '2026-11-19T16:00:00Z',
    'a canceled date stays visible'
  )
  t.equal(demoDate([]), null)
  t.end()
})

const someFact = fc.record({
  kind: fc.constantFrom<MeetingFact['kind']>(
    'booked',
    'rescheduled',
    'superseded',
    'canceled',
    'held',
    'no-show',
    'no-show-cleared',
    'attended',
    'not-attended',
    'attendance-unknown'
  ),
  meetingId: fc.constantFrom('m1', 'm2'),
  key: fc.constantFrom('A', 'B', 'C'),
  occurredAt: fc.integer({ min: 0, max: 40 }).map((hour) => new Date(Date.UTC(2026, 10, 1, hour)).toISOString()),
  startsAt: fc.integer({ min: 0, max: 9 }).map((day) => new Date(Date.UTC(2026, 10, 10 + day)).toISOString()),
  endsAt: fc.constant(null),
  relatedKey: fc.constantFrom(null, 'A', 'B'),
  timezone: fc.constant(null),
  reportUrl: fc.constant(null)
})

void t.test('two orders of the same facts end in the same status and date', (t) => {
  fc.assert(
    fc.property(
      fc
        .uniqueArray(someFact, { maxLength: 9, selector: (one) => `${one.kind} ${one.key} ${one.occurredAt}` })
        .chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }))),
      ([facts, shuffled]) => {
        t.strictSame(leadStatus(shuffled), leadStatus(facts))
        t.strictSame(demoDate(shuffled), demoDate(facts))
      }
    ),
    { numRuns: 1000 }
  )
  t.end()
})

void t.test('details come from the most trusted source, whatever came first', (t) => {
  const blank = { email: 'm@n.example', name: null, firstName: null, lastName: null, phone: null, timezone: null }
  const claims: DetailsClaim[] = [
    {
      source: 'readai',
      at: '2026-11-20T00:00:00Z',
      customer: { ...blank, name: 'Marco (Northwind)', firstName: 'Marco' }
    },
    { source: 'calendly', at: '2026-11-01T00:00:00Z', customer: { ...blank, name: 'Marco Ellison', phone: '+1' } },
    { source: 'calendly', at: '2026-11-02T00:00:00Z', customer: { ...blank, name: 'Marco F. Ellison' } }
  ]
  const expected = { ...blank, name: 'Marco F. Ellison', firstName: 'Marco', phone: '+1' }
  t.strictSame(leadDetails(claims), expected)
  t.strictSame(leadDetails([...claims].reverse()), expected)
  t.equal(leadDetails([]), null)
  t.end()
})

void t.test('a meeting that was scheduled here does not come from Calendly', (t) => {
  const customer = { email: 'm@n.example', name: null, firstName: null, lastName: null, phone: null, timezone: null }
  const sourceOf = (bookingUri: string) => {
    const times = { bookedAt: '2026-11-01T10:00:00Z', canceledAt: '2026-11-02T10:00:00Z' }
    const data = { meetingId: 'm1', bookingUri, previousBookingUri: null, customer, ...times }
    return [MeetingBooked, MeetingCanceled].map(({ type }) => leadFactOf({ type, data } as unknown as RecordedEvent))
  }
  const [booked, canceled] = sourceOf('leadlog:booking:1')
  t.match([booked, canceled], [{ source: 'manual' }, { source: 'manual' }])
  t.match(sourceOf('https://api.calendly.com/x'), [{ source: 'calendly' }, { source: 'calendly' }])
  if (booked === undefined) throw new TypeError('there is a fact of each')
  const events = recordMeetingFact.decide({ leadId: 'p1', personId: 'p1', ...booked }, unknownLead)
  t.match(events, [{ data: { origin: 'manual' } }, { data: { source: 'manual' } }])
  t.end()
})
