import t from 'tap'
import {
  attendanceWords,
  fieldOfRefusal,
  fieldTime,
  lacksPermission,
  minutesOf,
  nextHalfHour,
  possibleChanges,
  roomWords,
  spanOfField,
  stayWords,
  whenWords,
  whyNothingToPlay
} from './meetings.ts'

const at = (time: string): string => new Date(`2026-11-20T${time}:00`).toISOString()

void t.test('when a meeting is', async (t) => {
  t.match(whenWords(at('10:00'), at('10:30'), 'en-GB'), /^Fri,? 20 Nov,? 10:00\s?–\s?10:30$/)
  t.match(whenWords(at('10:00'), null, 'en-GB'), /^Fri,? 20 Nov,? 10:00$/)
})

void t.test('only what is to come, and was booked here, is moved here', async (t) => {
  const booking = {
    uri: 'b',
    state: 'active' as const,
    previousUri: null,
    startsAt: null,
    endsAt: null,
    bookedAt: null,
    canceledAt: null,
    canceledBy: null,
    cancelReason: null,
    supersededByUri: null
  }
  const meeting = {
    status: 'booked' as const,
    startsAt: at('10:00'),
    endsAt: at('10:30'),
    bookedHere: true,
    joinUrl: null,
    bookings: [booking],
    host: { name: null, email: 'sam@own.example' }
  }
  const now = Date.parse(at('10:15'))
  t.same(possibleChanges(meeting, now), { move: true, openRoom: true, setLink: true })
  t.same(possibleChanges({ ...meeting, bookedHere: false }, now), { move: false, openRoom: true, setLink: true })
  t.same(possibleChanges({ ...meeting, joinUrl: 'https://zoom.example/j/1' }, now).openRoom, false)
  t.same(possibleChanges({ ...meeting, host: { name: null, email: null } }, now).openRoom, false)
  const nothing = { move: false, openRoom: false, setLink: false }
  t.same(possibleChanges(meeting, Date.parse(at('10:30'))), nothing)
  t.same(possibleChanges({ ...meeting, status: 'canceled' }, now), nothing)
  t.same(possibleChanges({ ...meeting, bookings: [] }, now), nothing)
})

void t.test('what became of the room, and who came', async (t) => {
  const room = {
    state: 'opened' as const,
    changedAt: at('09:00'),
    joinUrl: null,
    platformMeetingId: '1',
    hostEmail: null,
    closedBecause: null,
    failure: null
  }
  t.equal(roomWords(room), 'A Zoom room is open.')
  const failure = {
    doing: 'move' as const,
    reason: 'not-connected' as const,
    detail: '',
    retryAt: null,
    failedAt: at('09:00')
  }
  t.equal(roomWords({ ...room, state: 'failed', failure }), 'Zoom did not move the room.')
  t.equal(lacksPermission({ failure }), true, 'somebody has to connect')
  t.equal(lacksPermission({ failure: { ...failure, reason: 'daily-limit' } }), false)
  t.equal(lacksPermission(room), false)
  const times = { decidedAt: null, startedAt: null, endedAt: null }
  t.same(attendanceWords({ verdict: 'unknown', because: null, ...times }), { title: 'Not known yet', why: null })
  t.match(attendanceWords({ verdict: 'not-attended', because: 'ended', ...times }), { why: /host ended/ })
  t.equal(stayWords(at('10:03'), at('10:14')), '11 min')
  t.equal(stayWords(at('10:03'), null), null)
})

void t.test('why there is nothing to play', async (t) => {
  const stored = {
    id: 'r',
    kind: 'video' as const,
    state: 'stored' as const,
    unavailableBecause: null,
    deletedBecause: null,
    deletedAt: null,
    mediaUrl: '/v1/x',
    contentType: 'video/mp4',
    sizeBytes: 1,
    startedAt: null,
    endedAt: null,
    storedAt: null
  }
  t.equal(whyNothingToPlay(stored), null)
  t.match(whyNothingToPlay({ ...stored, state: 'waiting', mediaUrl: null }), /being fetched/)
  t.match(whyNothingToPlay({ ...stored, state: 'unavailable', unavailableBecause: 'expired' }), /too late/)
  t.match(whyNothingToPlay({ ...stored, state: 'deleted', deletedBecause: 'retention' }), /time was over/)
})

void t.test('the times of forms are those of the reader’s zone', async (t) => {
  t.equal(fieldTime(Date.parse('2026-11-20T09:05:00')), '2026-11-20T09:05')
  t.same(spanOfField('2026-11-20T10:00', 45), { startsAt: at('10:00'), endsAt: at('10:45') })
  t.equal(spanOfField('', 45), null)
  t.equal(minutesOf(at('10:00'), at('10:45')), 45)
  t.equal(minutesOf(at('10:00'), null), 30)
  t.equal(nextHalfHour(Date.parse('2026-11-20T10:01:00Z')), Date.parse('2026-11-20T10:30:00Z'))
})

void t.test('a refusal stands at its field', async (t) => {
  t.equal(fieldOfRefusal('MEETINGS_TIME_PAST'), 'time')
  t.equal(fieldOfRefusal('MEETINGS_ZOOM_NOT_CONNECTED'), 'host')
  t.equal(fieldOfRefusal('MEETINGS_GUEST_REPEATED'), 'guests')
  t.equal(fieldOfRefusal('ANYTHING_ELSE'), null)
})
