import { setTimeout as delay } from 'node:timers/promises'
import { PermanentError } from '@leadlog/contracts'
import { requestDigest, type Reconciled } from '@leadlog/outbound'
import type { NewZoomMeeting, ZoomMeeting } from '@leadlog/zoom'
import type { BookingFacts, Meeting } from '../meeting/meeting.ts'
import { zoomHostId } from '../zoom/zoom-host.ts'
import type { RoomDeps } from './room-deps.ts'
import { minutesOf } from './room-plan.ts'

/** A room as it was found or made. */
export interface OpenedRoom {
  readonly id: string
  readonly hostEmail: string
  /** Null where it is gone again. */
  readonly joinUrl: string | null
  readonly startsAt: string
  readonly endsAt: string
}

/** What the ledger keeps of it: no link, since that lets everybody in. */
interface KeptRoom {
  readonly id: string
  readonly startsAt: string
  readonly endsAt: string
}

/** The one effect that a room comes from: the meeting, how many rooms it had before, and the host. */
export interface RoomEffect {
  readonly meetingId: string
  readonly place: number
  readonly hostEmail: string
  /** When its cause was recorded. */
  readonly causedAt: Date
}

/** Zoom's lists may lack what was made a moment ago. */
const LOOK_AFTER_MS = 3_000

const NOT_WANTED = 'MEETINGS_ROOM_NOT_WANTED'

/**
 * Opens a room at Zoom, once for each effect: where an attempt may have been carried out, it is looked for among the host's meetings by our marker
 * before another is made.
 */
export function openRoom(
  deps: RoomDeps,
  effect: RoomEffect,
  facts: BookingFacts,
  now: () => Date
): Promise<OpenedRoom> {
  const { startsAt, endsAt, title, customer } = facts
  const meeting: NewZoomMeeting = {
    marker: markerOf(effect),
    topic: title,
    startsAt: new Date(startsAt),
    durationMinutes: minutesOf({ startsAt, endsAt }),
    timezone: customer.timezone,
    agenda: null,
    recordInCloud: true,
    waitingRoom: true
  }
  return run(deps, effect, now, async () => {
    const { client, user } = await deps.access.of(effect.hostEmail)
    return client.createMeeting(user, meeting)
  })
}

/**
 * The rooms that attempts of before may have opened and that stand in no history: found at Zoom, but never made.
 *
 * @param meetingIds all ids of the meeting
 */
export async function forgottenRooms(
  deps: RoomDeps,
  meetingIds: readonly string[],
  meeting: Meeting,
  { causedAt, now }: { causedAt: Date; now: () => Date }
): Promise<OpenedRoom[]> {
  const hosts = new Set([...meeting.bookings.values()].flatMap(({ facts }) => facts?.host.email ?? []))
  const found: OpenedRoom[] = []
  for (const meetingId of meetingIds) {
    for (const { key, state, response } of await deps.effects.begunWith(`room:${meetingId}:`)) {
      const known = (response as KeptRoom | null)?.id
      if (state === 'failed' || (known !== undefined && meeting.rooms.has(known))) continue
      const [, , place = '', host = ''] = key.split(':')
      const hostEmail = [...hosts].find((email) => zoomHostId(email) === host)
      if (hostEmail === undefined) continue
      const effect = { meetingId, place: Number(place), hostEmail, causedAt }
      try {
        found.push(await run(deps, effect, now, notWanted))
      } catch (error) {
        if (!(error instanceof PermanentError) || error.code !== NOT_WANTED) throw error
      }
    }
  }
  return found
}

async function run(
  deps: RoomDeps,
  effect: RoomEffect,
  now: () => Date,
  create: () => Promise<ZoomMeeting>
): Promise<OpenedRoom> {
  const { access, effects } = deps
  const { meetingId, place, hostEmail, causedAt } = effect
  let seen: ZoomMeeting | null = null
  const kept = (made: ZoomMeeting): KeptRoom => {
    seen = made
    const start = made.startsAt ?? new Date(0)
    const end = new Date(start.getTime() + made.durationMinutes * 60_000)
    return { id: made.id, startsAt: start.toISOString(), endsAt: end.toISOString() }
  }
  const { response } = await effects.run<KeptRoom>({
    key: `room:${meetingId}:${place}:${zoomHostId(hostEmail)}`,
    vendor: 'zoom',
    operation: 'create-meeting',
    digest: requestDigest({ meetingId, place, hostEmail }),
    causedAt,
    policy: 'look-up',
    perform: async () => kept(await create()),
    reconcile: async (previous): Promise<Reconciled<KeptRoom>> => {
      // Waited for here: giving up would count as the newest attempt, and the wait would begin anew.
      const wait = previous.at.getTime() + LOOK_AFTER_MS - now().getTime()
      if (previous.attempt > 0) await delay(Math.min(Math.max(wait, 0), LOOK_AFTER_MS))
      const { client, user } = await access.of(hostEmail)
      const found = await client.findMeeting(user, markerOf(effect))
      return found === null ? { found: false } : { found: true, response: kept(found) }
    }
  })
  const { client } = await access.of(hostEmail)
  const room = (seen as ZoomMeeting | null) ?? (await client.meeting(response.id))
  return { ...response, hostEmail, joinUrl: room?.joinUrl ?? null }
}

function markerOf({ meetingId, place }: RoomEffect): string {
  return `${meetingId}-${place}`
}

function notWanted(): Promise<never> {
  return Promise.reject(new PermanentError(NOT_WANTED, 'The meeting needs no room any more, and Zoom has none for it'))
}
