import {
  BookingSuperseded,
  isEvent,
  MeetingAttendanceCorrected,
  MeetingAttended,
  MeetingBooked,
  MeetingCanceled,
  MeetingHeld,
  MeetingNotAttended,
  MeetingRescheduled,
  MeetingTranscribed,
  newEvent,
  ZoomRoomLinked,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { decideFacts } from './decide-facts.ts'
import { judge } from './judge.ts'
import { participantSide } from './participant-side.ts'
import { translateDelivery, type ToldOfMeeting } from './translate-delivery.ts'
import { linkAt, numberInZoomLink, zoomRoomOf } from './zoom-room.ts'

const OWN = { ownDomains: ['own.example'], notetakers: ['read.ai', 'notetaker'] }
const POLICY = { notetakers: OWN.notetakers, graceMs: 15 * 60_000 }
const START = '2026-11-18T16:00:00.000Z'
const at = (minutes: number): string => new Date(Date.parse(START) + minutes * 60_000).toISOString()
const NUMBER = '84392028671'
const customer = {
  email: 'marco@cust.example',
  name: 'Marco',
  firstName: null,
  lastName: null,
  phone: null,
  timezone: null
}

const object = (more: object) => ({
  id: NUMBER,
  uuid: 'u1==',
  host_id: 'H1',
  topic: 'Demo',
  start_time: START,
  ...more
})
const delivery = (event: string, minute: number, more: object = {}) => ({
  event,
  event_ts: Date.parse(at(minute)),
  payload: { account_id: 'A', object: object(more) }
})
const guest = { user_name: 'Marco Ellison', id: '', email: '', participant_uuid: 'P2', user_id: '2' }
const dana = { user_name: 'Dana', id: 'H1', email: 'dana@own.example', participant_uuid: 'P1', user_id: '1' }
const bot = { user_name: 'Read.ai meeting notes', id: '', email: '', participant_uuid: 'P3', user_id: '3' }
const joined = (participant: object, minute: number) =>
  delivery('meeting.participant_joined', minute, { participant: { ...participant, join_time: at(minute) } })
const left = (participant: object, minute: number) =>
  delivery('meeting.participant_left', minute, { participant: { ...participant, leave_time: at(minute) } })

const told = (payload: ReturnType<typeof delivery>): ToldOfMeeting => {
  const fact = translateDelivery(payload)
  if ('ignored' in fact) throw new TypeError(fact.detail)
  return fact
}

function booking(uri: string, startsAt: string, previous: string | null = null) {
  return {
    meetingId: 'm1',
    personId: 'p1',
    bookingUri: uri,
    previousBookingUri: previous,
    customer,
    title: 'Demo',
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + 30 * 60_000).toISOString(),
    bookedAt: previous === null ? '2026-11-10T10:00:00.000Z' : '2026-11-11T10:00:00.000Z',
    location: { kind: 'zoom', joinUrl: null, platformMeetingId: NUMBER },
    host: { name: 'Dana Whitfield', email: 'dana@own.example' },
    guests: [],
    answers: [],
    tracking: {}
  }
}
const booked = newEvent(MeetingBooked, 'm1', booking('A', START))

/** A history that is added to as the service does: facts of webhooks, and a verdict after each. */
function meeting() {
  const history: RecordedEvent[] = []
  const add = (events: readonly NewEvent[]): void => {
    for (const { definition, aggregateId, data } of events) {
      history.push({
        id: `e${history.length}`,
        type: definition.type,
        time: at(0),
        data,
        aggregateId,
        sequence: history.length + 1
      } as unknown as RecordedEvent)
    }
  }
  const look = (now: string): Date | null => {
    const { events, dueAt } = judge('m1', 'p1', history, POLICY, new Date(now))
    add(events)
    return dueAt
  }
  return {
    history,
    add,
    look,
    take(payload: ReturnType<typeof delivery>, now: string) {
      add(decideFacts(history, { meetingId: 'm1', personId: 'p1', webhookId: 'w' }, told(payload), OWN))
      return look(now)
    },
    verdicts: () =>
      history.flatMap((event) => {
        if (isEvent(event, MeetingAttended)) return `attended: ${event.data.because}`
        if (isEvent(event, MeetingNotAttended)) return `not attended: ${event.data.because}`
        if (isEvent(event, MeetingAttendanceCorrected))
          return `corrected to ${event.data.verdict}: ${event.data.because}`
        return []
      })
  }
}

void t.test('nobody came: known when it ended, not before a quarter of an hour after its start', (t) => {
  const one = meeting()
  one.add([booked])
  t.strictSame(
    one.take(delivery('meeting.started', -10), at(-10)),
    new Date(at(45)),
    'while it runs: after its planned end'
  )
  one.take(joined(dana, -10), at(-10))
  t.strictSame(
    one.take(delivery('meeting.ended', -5, { end_time: at(-5) }), at(-5)),
    new Date(at(15)),
    'a room that was tried'
  )
  t.strictSame(one.verdicts(), [])
  one.look(at(15))
  t.strictSame(one.verdicts(), ['not attended: ended'])
  one.look(at(20))
  t.equal(one.verdicts().length, 1, 'once')
  t.end()
})

void t.test('the end was not told: the grace after the planned end; nothing was told: no verdict, ever', (t) => {
  const silent = meeting()
  silent.add([booked])
  t.equal(silent.look(at(10_000)), null)
  t.strictSame(silent.verdicts(), [])
  const lost = meeting()
  lost.add([booked])
  lost.take(joined(dana, 1), at(1))
  lost.take(joined(bot, 2), at(2))
  lost.look(at(44))
  t.strictSame(lost.verdicts(), [])
  lost.look(at(45))
  t.strictSame(lost.verdicts(), ['not attended: time-passed'], 'neither the host nor what listens for them came')
  t.end()
})

void t.test('what becomes known later corrects a no-show at once', (t) => {
  const missed = () => {
    const one = meeting()
    one.add([booked])
    one.take(delivery('meeting.started', 0), at(0))
    one.take(delivery('meeting.ended', 30, { end_time: at(30) }), at(30))
    t.strictSame(one.verdicts(), ['not attended: ended'])
    return one
  }
  const late = missed()
  late.take(left(guest, 29), at(200))
  t.strictSame(
    late.verdicts().slice(1),
    ['corrected to attended: participant'],
    'of who left it is known that they were there'
  )
  const report = missed()
  const { endsAt, startsAt } = booking('A', START)
  report.add([
    newEvent(MeetingHeld, 'm1', {
      ...{
        meetingId: 'm1',
        personId: 'p1',
        sessionId: 's',
        customer,
        title: 'Demo',
        startedAt: startsAt,
        endedAt: endsAt
      },
      participants: [{ name: 'Marco', email: customer.email, external: true }],
      ...{ durationMinutes: 30, platform: 'zoom', platformMeetingId: NUMBER, reportUrl: null, summary: null },
      ...{ actionItems: [], keyQuestions: [], topics: [], transcript: [], contentDigest: 'd' }
    })
  ])
  report.look(at(60))
  t.strictSame(report.verdicts().slice(1), ['corrected to attended: report'])
  const spoken = missed()
  const transcript = (speaker: string) =>
    newEvent(MeetingTranscribed, 'm1', {
      ...{ meetingId: 'm1', personId: 'p1', recordingId: `r ${speaker}`, uuid: 'u1==', customer, participants: [] },
      ...{ title: 'Demo', startedAt: startsAt, endedAt: endsAt, contentDigest: 'd' },
      transcript: [{ startMs: 0, endMs: 1, speaker, words: 'Hello' }]
    })
  spoken.add([transcript('Dana Whitfield')])
  spoken.look(at(60))
  t.equal(spoken.verdicts().length, 1, 'a host who talks to nobody proves nothing')
  spoken.add([transcript('Marco')])
  spoken.look(at(61))
  t.strictSame(spoken.verdicts().slice(1), ['corrected to attended: transcript'])
  t.end()
})

void t.test('who came is decided for the booking that stands', (t) => {
  const moved = meeting()
  moved.add([booked])
  moved.take(delivery('meeting.started', 0), at(0))
  moved.take(delivery('meeting.ended', 20, { end_time: at(20) }), at(20))
  moved.add([newEvent(MeetingRescheduled, 'm1', booking('B', at(3 * 1440), 'A'))])
  moved.look(at(60))
  t.strictSame(moved.verdicts(), ['not attended: ended'], 'of the new booking nothing is known yet')
  const canceled = meeting()
  canceled.add([booked])
  canceled.take(delivery('meeting.started', 0), at(0))
  const { startsAt, endsAt } = booking('A', START)
  canceled.add([
    newEvent(MeetingCanceled, 'm1', {
      ...{ meetingId: 'm1', personId: 'p1', bookingUri: 'A', customer, canceledAt: at(-60), canceledBy: 'invitee' },
      ...{ reason: null, startsAt, endsAt, title: 'Demo' }
    })
  ])
  canceled.take(delivery('meeting.ended', 20, { end_time: at(20) }), at(60))
  t.strictSame(canceled.verdicts(), [], 'who had canceled did not stay away')
  t.end()
})

void t.test('any order and repetition of what Zoom, calendar and notetaker tell ends in the same verdict', (t) => {
  const zoom = [
    delivery('meeting.started', 0),
    joined(dana, 0),
    joined(bot, 1),
    left(dana, 29),
    delivery('meeting.ended', 30, { end_time: at(30) })
  ]
  const held = newEvent(MeetingHeld, 'm1', {
    ...{ meetingId: 'm1', personId: 'p1', sessionId: 's', customer, title: 'Demo', startedAt: START, endedAt: at(30) },
    participants: [{ name: 'Marco', email: customer.email, external: true }],
    ...{ durationMinutes: 30, platform: 'zoom', platformMeetingId: NUMBER, reportUrl: null, summary: null },
    ...{ actionItems: [], keyQuestions: [], topics: [], transcript: [], contentDigest: 'd' }
  })
  const superseded = newEvent(BookingSuperseded, 'm1', {
    ...{ meetingId: 'm1', personId: 'p1', customer, bookingUri: 'A', supersededByUri: 'B', supersededAt: at(-500) }
  })
  const again = newEvent(MeetingRescheduled, 'm1', booking('B', at(10), 'A'))
  type Step = ReturnType<typeof delivery> | NewEvent
  const stories: readonly (readonly Step[])[] = [
    zoom,
    [...zoom, joined(guest, 4)],
    [...zoom, left(guest, 20)],
    [...zoom, held],
    [...zoom, superseded, again],
    [...zoom, joined(guest, 4), superseded, again],
    [zoom[0] ?? held, held]
  ]
  const finalOf = (steps: readonly Step[]): string => {
    const one = meeting()
    one.add([booked])
    // Days may lie between the pieces, and the time for a verdict may come after each.
    steps.forEach((step, index) => {
      const now = at(index * 20)
      if ('definition' in step) one.add([step])
      else one.take(step, now)
      one.look(now)
    })
    one.look(at(100_000))
    const last = one.history.findLast(
      (event) =>
        isEvent(event, MeetingAttended) ||
        isEvent(event, MeetingNotAttended) ||
        isEvent(event, MeetingAttendanceCorrected)
    )
    if (last === undefined) return 'none'
    const { bookingUri } = last.data as { bookingUri: string }
    return `${bookingUri} ${isEvent(last, MeetingNotAttended) ? 'missed' : 'came'}`
  }
  for (const steps of stories) {
    const expected = finalOf(steps)
    t.not(expected, 'none')
    const order = fc
      .shuffledSubarray([...steps, ...steps], { minLength: steps.length })
      .filter((chosen) => steps.every((step) => chosen.includes(step)))
    fc.assert(
      fc.property(order, (shuffled) => finalOf(shuffled) === expected),
      { numRuns: 300 }
    )
  }
  t.end()
})

void t.test(
  'an instance is of the nearest booking under its number, in whatever order the bookings become known',
  (t) => {
    const link = (bookingUri: string, startsAt: string) => ({
      roomId: 'r',
      platformMeetingId: NUMBER,
      meetingId: `m ${bookingUri}`,
      personId: 'p',
      bookingUri,
      startsAt,
      endsAt: startsAt
    })
    const links = [link('A', at(0)), link('B', at(60)), link('C', at(-24 * 60))]
    t.equal(linkAt(links, at(20))?.bookingUri, 'A')
    t.equal(linkAt(links, at(31))?.bookingUri, 'B')
    t.equal(linkAt(links, at(24 * 60)), null, 'a personal room on another day')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), fc.integer({ min: -40, max: 40 })), { maxLength: 6 }),
        fc.integer({ min: -40, max: 40 }),
        (some, minute) => {
          const all = new Map(some.map(([uri, start]) => [uri, link(uri, at(start))]))
          const [there, back] = [[...all.values()], [...all.values()].reverse()]
          return linkAt(there, at(minute))?.bookingUri === linkAt(back, at(minute))?.bookingUri
        }
      )
    )
    const moved = [newEvent(ZoomRoomLinked, 'r', link('A', at(0))), newEvent(ZoomRoomLinked, 'r', link('A', at(90)))]
    const events = moved.map(({ definition, data }) => ({ type: definition.type, data })) as unknown as RecordedEvent[]
    t.equal(zoomRoomOf(events).links.get('A')?.startsAt, at(90))
    t.equal(numberInZoomLink('https://us05web.zoom.us/j/84392028671?pwd=x'), NUMBER)
    t.equal(numberInZoomLink('https://zoom.us.evil.example/j/84392028671'), null)
    t.equal(numberInZoomLink('not a link'), null)
    t.end()
  }
)

void t.test('who is ours, who listens, and who came', (t) => {
  const own = { ...OWN, host: { name: 'Dana Whitfield', email: 'dana@own.example' }, hostId: 'H1' }
  const person = (more: object) => ({ participantId: 'x', name: null, email: null, zoomUserId: null, ...more })
  const side = (more: object) => participantSide(person(more), own)
  t.equal(side({ email: 'theo@sales.own.example' }), 'ours')
  t.equal(side({ zoomUserId: 'U9' }), 'ours', 'an id of the account')
  t.equal(side({ name: ' dana  whitfield ' }), 'ours', 'the host by telephone')
  t.equal(side({ name: 'Marco' }), 'outside', 'Zoom leaves the addresses of guests out')
  t.equal(side({}), 'outside')
  t.equal(side({ name: 'Dana’s Notetaker' }), 'notetaker')
  t.equal(side({ name: 'Read.ai', email: 'bot@read.ai' }), 'notetaker')
  t.equal(side({ name: 'Marco', email: 'marco@cust.example', zoomUserId: 'U9' }), 'outside')
  t.end()
})

void t.test('what Zoom tells is read in either form, and what lacks its time is named', (t) => {
  const number = { ...delivery('recording.completed', 45, { id: Number(NUMBER) }) }
  const files = [
    { id: 'f1', file_type: 'MP4', download_url: 'https://zoom.us/x', file_size: 7, recording_start: START },
    { id: 'f2', file_type: 'CHAT', download_url: 'https://zoom.us/y' }
  ]
  const recorded = {
    ...number,
    payload: { ...number.payload, object: { ...number.payload.object, recording_files: files } }
  }
  t.match(told(recorded), { number: NUMBER, fact: { kind: 'recorded', files: [{ fileId: 'f1', kind: 'video' }] } })
  t.match(translateDelivery(number), { ignored: 'nothing-to-keep' })
  t.match(translateDelivery(delivery('meeting.created', 0)), { ignored: 'event-not-used' })
  t.match(translateDelivery(delivery('meeting.updated', 0, { start_time: undefined })), { ignored: 'time-unchanged' })
  t.throws(() => translateDelivery(delivery('meeting.participant_joined', 0)), { code: 'MEETINGS_PAYLOAD_INVALID' })
  t.throws(() => translateDelivery(delivery('meeting.started', 0, { start_time: 'soon' })), {
    code: 'MEETINGS_PAYLOAD_INVALID'
  })
  t.end()
})

void t.test('what somebody changes in Zoom is told, our own changes are not', (t) => {
  const one = meeting()
  one.add([booked])
  one.take(delivery('meeting.updated', -100), at(-100))
  t.equal(one.history.length, 1, 'the time that was agreed')
  const moved = delivery('meeting.updated', -90, { start_time: at(60) })
  one.take(moved, at(-90))
  one.take(moved, at(-90))
  one.take(delivery('meeting.deleted', -80), at(-80))
  t.strictSame(
    one.history.slice(1).map(({ data }) => (data as { change: string }).change),
    ['moved', 'deleted']
  )
  t.end()
})
