import {
  AgendaEntryAdded,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  newEvent,
  PermanentError,
  TransientError,
  type NewEvent
} from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import type { HandlerContext } from '@leadlog/service'
import type { Agenda } from '../agenda/agenda.ts'
import { agendaRef, meetingRef } from '../agenda/booking-aggregate.ts'
import { agendaOf, loadMeeting, type LoadedMeeting } from '../meeting/load-meeting.ts'
import {
  meetingOfHistory,
  openRooms,
  standingBooking,
  type Meeting,
  type Room,
  type StandingBooking
} from '../meeting/meeting.ts'
import { forgottenRooms, openRoom, type OpenedRoom } from './open-room.ts'
import type { RoomDeps } from './room-deps.ts'
import { refusedBy, type Refused } from './room-failure.ts'
import { minutesOf, nextRoomStep, type CloseReason, type RoomStep } from './room-plan.ts'

/** What a handler of events or of a command gives for it. */
export interface RoomContext extends Pick<HandlerContext, 'load' | 'transact' | 'clock' | 'logger'> {
  /** When what it follows from was recorded. */
  readonly causedAt: Date
  readonly cause: { readonly id: string; readonly correlationId: string }
}

/** How it ended. */
export interface KeptRooms {
  readonly meeting: LoadedMeeting | null
  readonly refused: Refused | null
}

/** One meeting needs a handful of steps; more mean that two handlers undo what the other does. */
const MOST_STEPS = 12

const CREATING: ReadonlySet<RoomStep['do']> = new Set(['open', 'move'])

/**
 * Sees to it that the meeting has the one room that it should have, at its time, or none: step by step, each by an effect of its own and
 * recorded before the next. What Zoom refuses is recorded and ends it.
 *
 * @param byHand a room is asked for, whatever the settings say
 * @throws TransientError where it is to be tried again
 */
export async function keepRoom(
  deps: RoomDeps,
  anyId: string,
  context: RoomContext,
  { byHand = false }: { byHand?: boolean } = {}
): Promise<KeptRooms> {
  const isWanted: RoomDeps['isWanted'] = (booking) => byHand || deps.isWanted(booking)
  /** Somebody else changed the time meanwhile: nobody knows whose change came last. */
  let isUnsure = false
  for (let count = 0; count < MOST_STEPS; count++) {
    const loaded = await loadMeeting(context.load, anyId)
    if (loaded === null) return { meeting: null, refused: null }
    const { meeting } = loaded
    const planned = nextRoomStep(meeting, { isWanted, now: context.clock.now() })
    const step = isUnsure ? againAt(meeting, planned) : planned
    if (step.do === 'nothing') {
      if (!(await bringBack(deps, loaded, context, isWanted))) return { meeting: loaded, refused: null }
      continue
    }
    if (deps.dryRun) {
      const detail = 'DRY_RUN is true: nothing is done at Zoom'
      return refuse(context, loaded, step, { reason: 'dry-run', detail, retryAt: null })
    }
    try {
      isUnsure = await take(deps, loaded, step, context)
    } catch (error) {
      if (step.do === 'move' && error instanceof PermanentError && error.code === 'ZOOM_3001') {
        await record(context, loaded, `gone/${step.room.id}`, (now) =>
          closed(now, loaded, step.booking, step.room, 'gone', context)
        )
        continue
      }
      const refused = refusedBy(error, context.clock.now())
      if (refused === null) throw error
      return refuse(context, loaded, step, refused, deps)
    }
  }
  throw new TransientError(
    'MEETINGS_ROOM_UNSETTLED',
    'The room of the meeting changes again and again; it is looked at later'
  )
}

/** @returns whether somebody else changed the room's time meanwhile */
async function take(
  deps: RoomDeps,
  loaded: LoadedMeeting,
  step: Exclude<RoomStep, { do: 'nothing' }>,
  context: RoomContext
): Promise<boolean> {
  const { meetingId, meeting } = loaded
  const { booking } = step
  if (step.do === 'open') {
    const { hostEmail } = step
    const effect = { meetingId, place: meeting.rooms.size, hostEmail, causedAt: context.causedAt }
    const room = await openRoom(deps, effect, booking.facts, () => context.clock.now())
    await noteOpened(context, loaded, booking, room)
    return false
  }
  const { room } = step
  const { client } = await deps.access.of(room.hostEmail)
  if (step.do === 'close') {
    await deps.effects.run({
      key: `close:${room.id}`,
      vendor: 'zoom',
      operation: 'delete-meeting',
      digest: requestDigest({ id: room.id }),
      policy: 'upsert',
      perform: async () => {
        await client.deleteMeeting(room.id)
        return {}
      }
    })
    await record(context, loaded, `closed/${room.id}`, (now) =>
      closed(now, loaded, booking, room, step.because, context)
    )
    return false
  }
  const { startsAt, endsAt, title } = booking.facts
  await deps.effects.run({
    key: `move:${room.id}:${meeting.moves}:${startsAt}:${endsAt}`,
    vendor: 'zoom',
    operation: 'update-meeting',
    digest: requestDigest({ id: room.id, startsAt, endsAt }),
    policy: 'upsert',
    perform: async () => {
      const durationMinutes = minutesOf({ startsAt, endsAt })
      await client.updateMeeting(room.id, { topic: title, startsAt: new Date(startsAt), durationMinutes })
      return {}
    }
  })
  let others = false
  await record(context, loaded, `moved/${room.id}/${meeting.moves}`, (now, agenda) => {
    others = now.moves !== meeting.moves
    const movedAt = context.clock.now().toISOString()
    const ids = { meetingId, personId: loaded.personId, bookingUri: booking.uri }
    return [
      newEvent(MeetingRoomMoved, meetingId, {
        ...ids,
        provider: 'zoom',
        platformMeetingId: room.id,
        startsAt,
        endsAt,
        movedAt
      }),
      ...agendaWithRoom(agenda, booking.uri, room.id)
    ]
  })
  return others
}

/** The same change once more, where another's may have come after it. */
function againAt(meeting: Meeting, planned: RoomStep): RoomStep {
  const [room] = openRooms(meeting)
  const booking = standingBooking(meeting)
  return planned.do !== 'nothing' || room === undefined || booking === null ? planned : { do: 'move', booking, room }
}

/** Takes down rooms that an attempt of before has opened and could not take down. False where there is none. */
async function bringBack(
  deps: RoomDeps,
  loaded: LoadedMeeting,
  context: RoomContext,
  isWanted: RoomDeps['isWanted']
): Promise<boolean> {
  const { meeting, meetingId, absorbed } = loaded
  const known = [...meeting.bookings.values()].flatMap((one) => (one.facts === null ? [] : [one as StandingBooking]))
  const [booking] = known
  const mayHaveRooms = meeting.rooms.size > 0 || known.some(({ facts }) => isWanted(facts))
  if (deps.dryRun || booking === undefined || !mayHaveRooms) return false
  const { causedAt } = context
  const ids = [meetingId, ...absorbed.keys()]
  const found = await forgottenRooms(deps, ids, meeting, { causedAt, now: () => context.clock.now() })
  for (const room of found) await noteOpened(context, loaded, booking, room)
  return found.length > 0
}

async function noteOpened(
  context: RoomContext,
  loaded: LoadedMeeting,
  booking: StandingBooking,
  room: OpenedRoom
): Promise<void> {
  const { meetingId, personId } = loaded
  const { id: platformMeetingId, hostEmail, startsAt, endsAt } = room
  await record(context, loaded, `opened/${platformMeetingId}`, (now, agenda) => {
    if (now.rooms.has(platformMeetingId)) return []
    const openedAt = context.clock.now().toISOString()
    const ids = { meetingId, personId, bookingUri: booking.uri, provider: 'zoom', platformMeetingId } as const
    // Of a room that is gone before anybody was told of it, only that it was there is kept.
    const joinUrl = room.joinUrl ?? `https://zoom.us/j/${platformMeetingId}`
    return [
      newEvent(MeetingRoomOpened, meetingId, { ...ids, joinUrl, hostEmail, startsAt, endsAt, openedAt }),
      ...(room.joinUrl === null
        ? [newEvent(MeetingRoomClosed, meetingId, { ...ids, because: 'gone', closedAt: openedAt })]
        : agendaWithRoom(agenda, booking.uri, platformMeetingId))
    ]
  })
}

/** That it is closed; nothing where that is known. */
function closed(
  now: Meeting,
  { meetingId, personId }: LoadedMeeting,
  booking: StandingBooking,
  room: Room,
  because: CloseReason,
  { clock }: RoomContext
): NewEvent[] {
  if (now.rooms.get(room.id)?.isOpen !== true) return []
  const ids = { meetingId, personId, bookingUri: booking.uri, provider: 'zoom', platformMeetingId: room.id } as const
  return [newEvent(MeetingRoomClosed, meetingId, { ...ids, because, closedAt: clock.now().toISOString() })]
}

/** Sessions find their booking by its room. */
function agendaWithRoom(agenda: Agenda, uri: string, platformMeetingId: string): NewEvent[] {
  const entry = agenda.entries.find(({ kind, key }) => kind === 'booking' && key === uri)
  if (entry === undefined || entry.platformMeetingId === platformMeetingId) return []
  return [newEvent(AgendaEntryAdded, entry.personId, { ...entry, mergedMeetingIds: [], platformMeetingId })]
}

/** Records what Zoom refused; a limit of the day is tried again by a timer where the meeting is later. */
async function refuse(
  context: RoomContext,
  loaded: LoadedMeeting,
  step: Exclude<RoomStep, { do: 'nothing' }>,
  refused: Refused,
  deps?: RoomDeps
): Promise<KeptRooms> {
  const { meetingId, personId } = loaded
  const { booking } = step
  const isInTime = refused.retryAt !== null && refused.retryAt.getTime() < Date.parse(booking.facts.startsAt)
  const retryAt = isInTime || !CREATING.has(step.do) ? refused.retryAt : null
  const room = step.do === 'open' ? null : step.room
  await record(
    context,
    loaded,
    `failed/${step.do}/${refused.reason}/${retryAt?.toISOString().slice(0, 13) ?? ''}`,
    ({ failure }) => {
      const isKnown =
        failure !== null &&
        failure.doing === step.do &&
        failure.reason === refused.reason &&
        failure.bookingUri === booking.uri &&
        (failure.retryAt === null) === (retryAt === null) &&
        Math.abs(Date.parse(failure.retryAt ?? '1970-01-01') - (retryAt?.getTime() ?? 0)) < 3_600_000
      if (isKnown) return []
      const failed = {
        ...{ meetingId, personId, bookingUri: booking.uri, provider: 'zoom' as const, doing: step.do },
        platformMeetingId: room?.id ?? null,
        hostEmail: step.do === 'open' ? step.hostEmail : step.room.hostEmail,
        reason: refused.reason,
        detail: refused.detail,
        retryAt: retryAt?.toISOString() ?? null,
        failedAt: context.clock.now().toISOString()
      }
      return [newEvent(MeetingRoomFailed, meetingId, failed)]
    }
  )
  if (retryAt !== null && deps !== undefined) {
    await deps.schedule({
      service: 'meetings',
      key: `room-${meetingId}`,
      at: retryAt,
      payload: { about: 'room', meetingId },
      actor: 'service:meetings',
      cause: context.cause
    })
  }
  return { meeting: loaded, refused: { ...refused, retryAt } }
}

async function record(
  { transact }: RoomContext,
  { meetingId, personId, absorbed }: LoadedMeeting,
  step: string,
  decide: (meeting: Meeting, agenda: Agenda) => readonly NewEvent[]
): Promise<void> {
  await transact({
    step,
    load: [agendaRef(personId), meetingRef(meetingId)],
    decide: ([agenda, history]) =>
      decide(meetingOfHistory(history?.events ?? [], absorbed), agendaOf(agenda?.events ?? []))
  })
}
