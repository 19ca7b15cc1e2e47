import { join } from 'node:path'
import {
  CancelMeeting,
  isEvent,
  MeetingInvitationMailed,
  RescheduleMeeting,
  ScheduleMeeting,
  type DataOf
} from '@leadlog/contracts'
import { eventually, startProcesses } from '@leadlog/testing'
import { hasMarker } from '@leadlog/zoom'
import ICAL from 'ical.js'
import pg from 'pg'
import t from 'tap'
import { calendarBooking, DANA, NOOR, openOffice, slot, THEO } from './fixtures/office.ts'
import { revisionsOf } from './invitation/revisions.ts'
import { openRooms, standingBooking } from './meeting/meeting.ts'

/* As many as the suite has time for; `TAP_TIMEOUT=0 node services/meetings/src/many-bookings.int.test.ts 100 20` does 100 with 20 kills. */

const COUNT = Number(process.argv[2] ?? 9)
const KILLS = Number(process.argv[3] ?? 2)
const KILL_EVERY_MS = 3_000
const HOSTS = [DANA, THEO, NOOR]
const WITHIN = { within: 900_000, every: 300 }

interface Story {
  readonly index: number
  readonly meetingId: string
  readonly customer: string
  /** Scheduled here; the others come from another calendar. */
  readonly isOwn: boolean
  readonly isMoved: boolean
  readonly isCanceled: boolean
  readonly last: { startsAt: string; endsAt: string }
}

void t.test(`${COUNT} bookings with faults, moves and cancels, and ${KILLS} kills: one meeting each`, async (t) => {
  const began = performance.now()
  const office = await openOffice(t, { hasMeetings: false, settings: { zoomMeetingWritesPerDay: 100_000 } })
  const { state } = office
  const processes = startProcesses(join(import.meta.dirname, 'main.ts'), office.environment, 2)
  t.teardown(() => processes.stop())
  const database = new pg.Client({ connectionString: office.environment.DATABASE_URL })
  database.on('error', () => undefined)
  await database.connect()
  t.teardown(() => database.end())
  state.faults.set([
    { vendor: 'zoom', route: '/v2/', kind: ['drop-after', '500', '503', '429', 'reset'], probability: 0.2 }
  ])
  const killing = processes.kill(KILLS, KILL_EVERY_MS)

  const story = async (index: number): Promise<Story> => {
    const customer = `customer${index}@example.org`
    const hostEmail = HOSTS[index % HOSTS.length] ?? DANA
    const [isOwn, isMoved, isCanceled] = [index % 2 === 0, index % 3 === 0, index % 5 === 4]
    const [first, next] = [slot(2 + (index % 20), 8), slot(30 + (index % 20), 14)]
    const last = isMoved ? next : first
    const known = { index, customer, isOwn, isMoved, isCanceled, last }
    if (isOwn) {
      const order = {
        customer: { email: customer, name: `Customer ${index}` },
        title: `Demo ${index}`,
        hostEmail,
        ...first
      }
      const { meetingId } = (await office.command(ScheduleMeeting, order, `schedule ${index}`)) as { meetingId: string }
      if (isMoved) await office.command(RescheduleMeeting, { meetingId, ...next }, `move ${index}`)
      if (isCanceled) await office.command(CancelMeeting, { meetingId }, `cancel ${index}`)
      return { ...known, meetingId }
    }
    const booked = calendarBooking(`cal/${index}`, customer, first, { hostEmail })
    const moved = calendarBooking(`cal/${index}/next`, customer, next, { hostEmail, previousUri: `cal/${index}` })
    const { booking } = isMoved ? moved : booked
    const told = [
      () => office.tell(`booked ${index}`, customer, booked),
      ...(isMoved ? [() => office.tell(`moved ${index}`, customer, moved)] : [])
    ]
    // The halves of a move come in either order.
    if (index % 4 === 1) told.reverse()
    let meetingId = ''
    for (const tell of told) meetingId = await tell()
    const at = new Date().toISOString()
    const canceled = { kind: 'canceled', booking, at, by: 'invitee', reason: null } as const
    if (isCanceled) meetingId = await office.tell(`canceled ${index}`, customer, canceled)
    return { ...known, meetingId }
  }
  const stories = await Promise.all(Array.from({ length: COUNT }, (_, index) => story(index)))
  await killing

  for (const { meetingId, isCanceled, last } of stories) {
    await eventually(async () => {
      const [room, ...others] = openRooms(await office.meeting(meetingId))
      if (others.length > 0) return null
      return (isCanceled ? room === undefined : room?.startsAt === last.startsAt && room.endsAt === last.endsAt) || null
    }, WITHIN)
  }
  const parked = async (): Promise<Set<string>> => {
    const { rows } = await database.query<{ key: string }>(
      "select key from meetings.effects where state = 'parked' and key like 'invite:%'"
    )
    return new Set(rows.map(({ key }) => key))
  }
  /** How the newest state of the invitation ended: mailed, or left to a person; null while it is under way. */
  const newest = async ({ meetingId, customer, isCanceled }: Story) => {
    const history = await office.history(meetingId)
    const revision = revisionsOf(history).at(-1)
    const mailed = history.flatMap((event) => (isEvent(event, MeetingInvitationMailed) ? [event.data] : []))
    if (revision === undefined) return isCanceled ? { mailed, revision, isParked: false } : null
    const key = `invite:${meetingId}:${revision.sequence}:${office.personId(customer)}`
    const isParked = (await parked()).has(key)
    const isDone = isParked || mailed.some(({ sequence }) => sequence === revision.sequence)
    // Who was canceled before anybody was invited gets no mail at all.
    const isSilent = revision.content.isCanceled && state.mailbox.list(customer).length === 0 && mailed.length === 0
    return isDone || isSilent ? { mailed, revision, isParked } : null
  }
  const ends = new Map<Story, { mailed: DataOf<typeof MeetingInvitationMailed>[]; isParked: boolean }>()
  for (const one of stories) ends.set(one, await eventually(() => newest(one), WITHIN))

  state.faults.set([])
  const atZoom = state.zoom.meetings.list()
  const standing = stories.filter(({ isCanceled }) => !isCanceled)
  t.equal(atZoom.length, standing.length, 'as many meetings at Zoom as stand')
  for (const { index, meetingId, last, isCanceled } of stories) {
    const { rooms } = await office.meeting(meetingId)
    const own = atZoom.filter(({ agenda }) =>
      [...rooms.keys(), ''].some((_, place) => hasMarker(agenda, `${meetingId}-${place}`))
    )
    t.equal(own.length, isCanceled ? 0 : 1, `booking ${index}`)
    if (isCanceled) continue
    t.equal(own[0]?.startTime, last.startsAt.replace('.000Z', 'Z'), `booking ${index} is at its time`)
    t.equal(standingBooking(await office.meeting(meetingId))?.facts.startsAt, last.startsAt)
  }
  for (const [{ index, meetingId, customer, isCanceled, last }, { mailed, isParked }] of ends) {
    const sequences = mailed.map(({ sequence }) => sequence)
    t.strictSame(
      sequences,
      [...new Set(sequences)].sort((a, b) => a - b),
      `sequences of ${index} rise`
    )
    const files = state.mailbox.list(customer).map(({ calendar }) => {
      const root = new ICAL.Component(ICAL.parse(calendar) as unknown[])
      const event = new ICAL.Event(root.getFirstSubcomponent('vevent') ?? undefined)
      t.equal(event.uid, `${meetingId}@leadlog`)
      return {
        method: root.getFirstPropertyValue('method'),
        sequence: event.sequence,
        start: event.startDate.toJSDate().toISOString()
      }
    })
    t.equal(new Set(files.map(({ sequence }) => sequence)).size, files.length, `one mail for each sequence of ${index}`)
    const newestFile = files.sort((a, b) => a.sequence - b.sequence).at(-1)
    if (isParked || (isCanceled && newestFile === undefined)) continue
    t.match(newestFile, { method: isCanceled ? 'CANCEL' : 'REQUEST', start: last.startsAt }, `booking ${index} is told`)
  }
  t.equal(await office.log.getLast('DEAD_LETTERS', 'dead.meetings.keep-rooms'), null)
  const calls = state.journal.list({ vendor: 'zoom' }).filter(({ path }) => path.includes('/v2/'))
  t.comment(
    `${COUNT} bookings, ${KILLS} kills: ${atZoom.length} meetings at Zoom for ${standing.length} that stand, ` +
      `${calls.length} calls (${calls.filter(({ fault }) => fault !== null).length} failed on purpose), ` +
      `${state.mailbox.list().length} mails, ${(await parked()).size} left to a person, ` +
      `${Math.round((performance.now() - began) / 1_000)} s`
  )
})
