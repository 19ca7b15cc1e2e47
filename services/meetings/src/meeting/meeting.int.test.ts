import {
  CancelMeeting,
  ConnectZoom,
  isEvent,
  MeetingInvitationMailed,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  OpenMeetingRoom,
  RescheduleMeeting,
  ScheduleMeeting,
  SetMeetingLink,
  ZoomDisconnected,
  type CommandData
} from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import ICAL from 'ical.js'
import t from 'tap'
import { calendarBooking, DANA, NOOR, openOffice, slot, THEO, type Office } from '../fixtures/office.ts'
import { zoomHostRef } from '../zoom/zoom-host.ts'
import { openRooms, standingBooking } from './meeting.ts'

const MARCO = 'marco@northwind.example'
const LINK = 'https://meet.example.com/dana'

/** The files that came to somebody, as a calendar reads them. */
function filesOf(office: Office, to: string) {
  return office.state.mailbox.list(to).map(({ calendar, subject, text }) => {
    const root = new ICAL.Component(ICAL.parse(calendar) as unknown[])
    const event = new ICAL.Event(root.getFirstSubcomponent('vevent') ?? undefined)
    return {
      subject,
      text,
      method: root.getFirstPropertyValue('method'),
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      location: event.location
    }
  })
}

const mailed = async (office: Office, meetingId: string) =>
  (await office.history(meetingId)).flatMap((event) =>
    isEvent(event, MeetingInvitationMailed) ? [`${event.data.method} ${event.data.sequence}`] : []
  )

const settled = (office: Office, meetingId: string, last: string) =>
  eventually(async () => ((await mailed(office, meetingId)).at(-1) === last ? true : null), { within: 30_000 })

void t.test('a meeting is scheduled, moved and canceled: one Zoom meeting that follows, and three mails', async (t) => {
  const office = await openOffice(t)
  const { zoom } = office.state
  const order = {
    customer: { email: 'Marco@Northwind.example', name: 'Marco Ellison' },
    title: 'Demo',
    ...slot(2),
    timezone: 'America/New_York',
    hostEmail: DANA,
    hostName: 'Dana Whitfield',
    guests: ['paula@northwind.example']
  }
  const { meetingId } = (await office.command(ScheduleMeeting, order, 'once')) as { meetingId: string }
  t.match(await office.command(ScheduleMeeting, order, 'once'), { meetingId }, 'again it changes nothing')
  await settled(office, meetingId, 'REQUEST 0')
  const [made] = zoom.meetings.list()
  t.match(made, { topic: 'Demo', hostEmail: DANA, timezone: 'America/New_York', duration: 30 })
  t.match(filesOf(office, MARCO), [
    { method: 'REQUEST', sequence: 0, uid: `${meetingId}@leadlog`, start: order.startsAt, location: /zoom\.us\/j\// }
  ])
  for (const address of [DANA, 'paula@northwind.example']) t.equal(filesOf(office, address).length, 1, address)

  const later = slot(4, 17)
  t.match(await office.command(RescheduleMeeting, { meetingId, ...later }), { meetingId, ...later })
  await settled(office, meetingId, 'REQUEST 1')
  await eventually(() => zoom.meetings.list()[0]?.startTime === later.startsAt.replace('.000Z', 'Z'))
  t.match(filesOf(office, MARCO)[1], { sequence: 1, uid: `${meetingId}@leadlog`, start: later.startsAt })

  t.match(await office.command(CancelMeeting, { meetingId, reason: 'Dana is ill' }), { meetingId })
  t.match(await office.command(CancelMeeting, { meetingId }), { meetingId }, 'that is no error')
  await settled(office, meetingId, 'CANCEL 2')
  await eventually(() => zoom.meetings.list().length === 0)
  t.match(filesOf(office, MARCO)[2], {
    method: 'CANCEL',
    sequence: 2,
    uid: `${meetingId}@leadlog`,
    text: /Dana is ill/
  })
  const events = await office.history(meetingId)
  for (const definition of [MeetingRoomOpened, MeetingRoomMoved, MeetingRoomClosed]) {
    t.equal(events.filter((event) => isEvent(event, definition)).length, 1, definition.type)
  }
  t.match(await office.command(RescheduleMeeting, { meetingId, ...slot(5) }), { code: 'MEETINGS_MEETING_CANCELED' })
})

void t.test('what cannot be scheduled is refused with what to do', async (t) => {
  const office = await openOffice(t, { environment: { ZOOM_ACCOUNT_ID: '', OWN_DOMAINS: 'leadlog.example' } })
  const good = { customer: { email: MARCO, name: 'Marco' }, title: 'Demo', ...slot(2), hostEmail: DANA }
  const past = { startsAt: '2024-01-01T10:00:00Z', endsAt: '2024-01-01T11:00:00Z' }
  const cases: [CommandData<typeof ScheduleMeeting>, string, RegExp][] = [
    [{ ...good, startsAt: good.endsAt, endsAt: good.startsAt }, 'MEETINGS_TIME_INVALID', /end after the start/],
    [{ ...good, startsAt: '2027-01-01T10:00:00' }, 'MEETINGS_TIME_INVALID', /zone/],
    [{ ...good, ...past }, 'MEETINGS_TIME_PAST', /still to come/],
    [{ ...good, timezone: 'Mars/Base' }, 'MEETINGS_TIMEZONE_UNKNOWN', /IANA/],
    [{ ...good, hostEmail: 'who@elsewhere.example' }, 'MEETINGS_HOST_UNKNOWN', /OWN_DOMAINS/],
    [{ ...good, guests: [MARCO] }, 'MEETINGS_GUEST_REPEATED', /once/],
    [{ ...good, room: 'zoom', joinUrl: LINK }, 'MEETINGS_LINK_AND_ROOM', /Leave one/],
    [good, 'MEETINGS_ZOOM_NOT_CONNECTED', /ConnectZoom/]
  ]
  for (const [data, code, message] of cases) t.match(await office.command(ScheduleMeeting, data), { code, message })
  for (const command of [CancelMeeting, OpenMeetingRoom]) {
    t.match(await office.command(command, { meetingId: 'none' }), { code: /UNKNOWN|NOT_SET_UP/ })
  }
  const { meetingId } = await office.command(ScheduleMeeting, { ...good, joinUrl: LINK })
  await settled(office, String(meetingId), 'REQUEST 0')
  t.match(filesOf(office, MARCO), [{ location: LINK }])
  t.match(await office.command(OpenMeetingRoom, { meetingId: String(meetingId) }), { code: 'MEETINGS_HAS_LINK' })
})

void t.test(
  'bookings of other calendars: a room where there is no link, kept through a chain of reschedules',
  async (t) => {
    const office = await openOffice(t, { environment: { ZOOM_ROOMS_FOR: DANA } })
    const { zoom } = office.state
    const first = calendarBooking('cal/a', MARCO, slot(2))
    const meetingId = await office.tell('w1', MARCO, first)
    await settled(office, meetingId, 'REQUEST 0')
    const { rooms } = await office.meeting(meetingId)
    const { booking } = calendarBooking('cal/b', MARCO, slot(3), { previousUri: 'cal/a' })
    await office.tell('w2', MARCO, { kind: 'superseded', booking: first.booking, byUri: 'cal/b', at: booking.bookedAt })
    t.equal(await office.tell('w3', MARCO, { kind: 'booked', booking }), meetingId)
    await settled(office, meetingId, 'REQUEST 1')
    await eventually(() => zoom.meetings.list()[0]?.startTime === booking.startsAt.replace('.000Z', 'Z'))
    const after = await office.meeting(meetingId)
    t.strictSame([...after.rooms.keys()], [...rooms.keys()], 'the same room')
    t.match(await office.command(CancelMeeting, { meetingId }), { code: 'MEETINGS_BOOKED_ELSEWHERE' })

    const withLink = await office.tell(
      'w4',
      'b@x.example',
      calendarBooking('cal/c', 'b@x.example', slot(2), { joinUrl: LINK })
    )
    const ofTheo = await office.tell(
      'w5',
      'c@x.example',
      calendarBooking('cal/d', 'c@x.example', slot(2), { hostEmail: THEO })
    )
    await office.tell('w6', MARCO, {
      kind: 'canceled',
      booking,
      at: new Date().toISOString(),
      by: 'invitee',
      reason: null
    })
    await settled(office, meetingId, 'CANCEL 2')
    await eventually(() => zoom.meetings.list().length === 0)
    for (const id of [withLink, ofTheo]) t.strictSame(await mailed(office, id), [], 'that calendar invites')
    t.match(await office.command(OpenMeetingRoom, { meetingId: ofTheo }), { platformMeetingId: /^\d+$/ }, 'by hand')
    await settled(office, ofTheo, 'REQUEST 0')
  }
)

void t.test('a refusal is told, and a link by hand takes the place of the room', async (t) => {
  const office = await openOffice(t)
  const order = { customer: { email: MARCO, name: 'Marco' }, title: 'Demo', ...slot(2) }
  const { meetingId } = (await office.command(ScheduleMeeting, { ...order, hostEmail: 'nobody@leadlog.example' })) as {
    meetingId: string
  }
  await settled(office, meetingId, 'REQUEST 0')
  const failed = (await office.history(meetingId)).find((event) => isEvent(event, MeetingRoomFailed))
  t.match(failed, { data: { reason: 'host-unknown', doing: 'open', detail: /1001/, retryAt: null } })
  t.match(filesOf(office, MARCO), [{ text: /The link to join follows/ }])
  t.match(await office.command(OpenMeetingRoom, { meetingId }), { code: 'MEETINGS_ROOM_REFUSED', message: /1001/ })
  await office.command(SetMeetingLink, { meetingId, joinUrl: LINK })
  await settled(office, meetingId, 'REQUEST 1')
  t.match(filesOf(office, MARCO)[1], { sequence: 1, location: LINK })

  const roomy = (await office.command(ScheduleMeeting, { ...order, hostEmail: NOOR })) as { meetingId: string }
  await settled(office, roomy.meetingId, 'REQUEST 0')
  t.equal(office.state.zoom.meetings.list().length, 1)
  await office.command(SetMeetingLink, { meetingId: roomy.meetingId, joinUrl: LINK })
  await eventually(() => office.state.zoom.meetings.list().length === 0)
  await settled(office, roomy.meetingId, 'REQUEST 1')
})

void t.test('the answer to a create is lost, and the look for it fails at first: one Zoom meeting', async (t) => {
  const office = await openOffice(t)
  const { faults, zoom } = office.state
  faults.set([
    { vendor: 'zoom', route: 'POST /v2/users', kind: 'drop-after', count: 1 },
    { vendor: 'zoom', route: 'GET /v2/users', kind: '500', count: 1 }
  ])
  const order = { customer: { email: MARCO, name: 'Marco' }, title: 'Demo', ...slot(2), hostEmail: DANA }
  const { meetingId } = (await office.command(ScheduleMeeting, order)) as { meetingId: string }
  await settled(office, meetingId, 'REQUEST 0')
  t.equal(zoom.meetings.list().length, 1)
  t.strictSame([...(await office.meeting(meetingId)).rooms.keys()], [zoom.meetings.list()[0]?.sid])
})

void t.test('the meetings of a day are used up: told, and tried again when the next has begun', async (t) => {
  const office = await openOffice(t, { settings: { zoomMeetingWritesPerDay: 1 } })
  const order = { customer: { email: MARCO, name: 'Marco' }, title: 'Demo', hostEmail: DANA }
  const one = (await office.command(ScheduleMeeting, { ...order, ...slot(3) })) as { meetingId: string }
  await settled(office, one.meetingId, 'REQUEST 0')
  const two = (await office.command(ScheduleMeeting, { ...order, ...slot(4) })) as { meetingId: string }
  const failure = await eventually(async () => (await office.meeting(two.meetingId)).failure)
  t.match(failure, { reason: 'daily-limit', retryAt: /^20/ })
  office.state.clock.advance(86_400_000)
  t.match(await office.command(OpenMeetingRoom, { meetingId: two.meetingId }), { platformMeetingId: /^\d+$/ })
  t.equal((await office.meeting(two.meetingId)).failure, null)
})

void t.test('what the limit of a day held up is opened by its timer, and nobody asks for it', async (t) => {
  const office = await openOffice(t, { settings: { zoomMeetingWritesPerDay: 1 } })
  const order = { customer: { email: MARCO, name: 'Marco' }, title: 'Demo', hostEmail: DANA }
  const one = (await office.command(ScheduleMeeting, { ...order, ...slot(3) })) as { meetingId: string }
  await settled(office, one.meetingId, 'REQUEST 0')
  const two = (await office.command(ScheduleMeeting, { ...order, ...slot(4) })) as { meetingId: string }
  const refused = await eventually(async () => (await office.meeting(two.meetingId)).failure)
  const key = `room-${two.meetingId}`
  const timer = await eventually(() => office.log.getLast('TIMERS', `timer.meetings.${key}`))
  t.match(timer, { data: { service: 'meetings', key, dueAt: refused.retryAt } })
  office.state.clock.advance(86_400_000)
  // No test waits for midnight: the same timer comes due now.
  const { payload } = timer.data as { payload: unknown }
  const cause = { id: timer.id, correlationId: timer.correlationid }
  await office.log.schedule({ service: 'meetings', key, at: new Date(), payload, actor: 'service:meetings', cause })
  const [room] = await eventually(async () => {
    const { rooms, failure } = await office.meeting(two.meetingId)
    return rooms.size > 0 && failure === null ? [...rooms.values()] : null
  })
  t.match(room, { hostEmail: DANA, startsAt: slot(4).startsAt, isOpen: true })
  t.equal(office.state.zoom.meetings.list().length, 2, 'one for each')
})

void t.test('a permission that was taken back: told at once, and everybody else goes on', async (t) => {
  const office = await openOffice(t)
  const { zoom, zoomGrants } = office.state
  await connect(office, DANA)
  const order = { customer: { email: MARCO, name: 'Marco' }, title: 'Demo', ...slot(2) }
  const before = (await office.command(ScheduleMeeting, { ...order, hostEmail: DANA })) as { meetingId: string }
  await settled(office, before.meetingId, 'REQUEST 0')
  t.equal(openRooms(await office.meeting(before.meetingId)).length, 1, 'with her own permission')
  zoomGrants.revokeUser(zoom.user(DANA)?.id ?? '')
  const after = (await office.command(ScheduleMeeting, { ...order, ...slot(3), hostEmail: DANA })) as {
    meetingId: string
  }
  const other = (await office.command(ScheduleMeeting, { ...order, ...slot(3), hostEmail: THEO })) as {
    meetingId: string
  }
  const failure = await eventually(async () => (await office.meeting(after.meetingId)).failure)
  t.match(failure, { reason: 'grant-refused', detail: /ConnectZoom/ })
  const host = (await office.log.load(zoomHostRef(DANA))).events.filter((event) => isEvent(event, ZoomDisconnected))
  t.match(host, [{ data: { because: 'refused-by-zoom' } }])
  await settled(office, other.meetingId, 'REQUEST 0')
  t.equal(openRooms(await office.meeting(other.meetingId)).length, 1)
  t.not(standingBooking(await office.meeting(after.meetingId)), null, 'the booking stands all the same')
})

void t.test('DRY_RUN: nothing is opened and nothing mailed, and that is told', async (t) => {
  const office = await openOffice(t, { environment: { DRY_RUN: 'true' } })
  const order = { customer: { email: MARCO, name: 'Marco' }, title: 'Demo', ...slot(2), hostEmail: DANA }
  const { meetingId } = (await office.command(ScheduleMeeting, order)) as { meetingId: string }
  const failure = await eventually(async () => (await office.meeting(meetingId)).failure)
  t.match(failure, { reason: 'dry-run' })
  t.strictSame(office.state.zoom.meetings.list(), [])
  t.strictSame(office.state.mailbox.list(), [])
})

async function connect(office: Office, email: string): Promise<void> {
  const { url } = (await office.command(ConnectZoom, { email })) as { url: string }
  const asked = await fetch(`${url}&login_hint=${encodeURIComponent(email)}`, { redirect: 'manual' })
  const back = new URL(asked.headers.get('location') ?? '')
  await fetch(`${office.url()}/zoom/callback${back.search}`, { redirect: 'manual' })
}
