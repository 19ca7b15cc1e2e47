import { AgendaEntryAdded, derivedId, isEvent, type DataOf, type RecordedEvent } from '@leadlog/contracts'

/** What a booking or a session brings to find its meeting by. */
export interface AgendaQuery {
  readonly kind: 'booking' | 'session'
  /** Booking URI or session id. */
  readonly key: string
  /** Bookings of the same chain of reschedules. */
  readonly linkedKeys: readonly string[]
  readonly startsAt: string | null
  readonly platformMeetingId: string | null
}

type Entry = DataOf<typeof AgendaEntryAdded>

/** All bookings and sessions of one person, and which meeting each belongs to. */
export interface Agenda {
  readonly entries: readonly Entry[]
  /** Meetings that turned out to be another: merged id to the one that stays. */
  readonly merged: ReadonlyMap<string, string>
}

/** Which meeting something belongs to, and which meetings it shows to be the same. */
export interface AgendaMatch {
  readonly meetingId: string
  readonly mergedMeetingIds: readonly string[]
  /** The entry of the same key, where it is known already. */
  readonly known: Entry | undefined
}

/** A session in the room of a booking, or an instance under its number, belongs to it when it starts within this; rooms are used again on other days. */
export const SAME_ROOM_WINDOW_MS = 12 * 3_600_000
/** Without a room to compare, a session belongs to a booking that starts within this. Meetings start late more than early. */
const SAME_SLOT_WINDOW_MS = 45 * 60_000

export const emptyAgenda: Agenda = { entries: [], merged: new Map() }

export function evolveAgenda(agenda: Agenda, event: RecordedEvent): Agenda {
  if (!isEvent(event, AgendaEntryAdded)) return agenda
  const entry = event.data
  const merged = new Map(agenda.merged)
  for (const id of entry.mergedMeetingIds) merged.set(id, entry.meetingId)
  return { entries: [...agenda.entries.filter((known) => !isSame(known, entry)), entry], merged }
}

/**
 * Finds the meeting of a booking (by its own URI, its chain of reschedules, or a session at its time) or of a session
 * (by its id, or a booking at its time). Nothing found: a new meeting whose id derives from the key. The grouping
 * does not depend on the order in which bookings and sessions arrive.
 */
export function matchAgenda(agenda: Agenda, query: AgendaQuery): AgendaMatch {
  const known = agenda.entries.find((entry) => entry.kind === query.kind && entry.key === query.key)
  const related = agenda.entries.filter(
    (entry) => isSame(entry, query) || isLinked(entry, query) || isSameSlot(agenda, entry, query)
  )
  const ids = [...new Set(related.map((entry) => standingId(agenda, entry.meetingId)))]
  const [meetingId, ...mergedMeetingIds] = ids
  return { meetingId: meetingId ?? derivedId('meeting', query.kind, query.key), mergedMeetingIds, known }
}

/** The id that a meeting goes by after all merges. */
export function standingId(agenda: Agenda, meetingId: string): string {
  let current = meetingId
  for (let next = agenda.merged.get(current); next !== undefined; next = agenda.merged.get(current)) current = next
  return current
}

/** Keys of everything that belongs to the meetings. */
export function keysOf(agenda: Agenda, meetingIds: readonly string[], kind: Entry['kind']): string[] {
  return agenda.entries
    .filter((entry) => entry.kind === kind && meetingIds.includes(standingId(agenda, entry.meetingId)))
    .map((entry) => entry.key)
}

function isSame(entry: Entry, query: Pick<AgendaQuery, 'kind' | 'key'>): boolean {
  return entry.kind === query.kind && entry.key === query.key
}

function isLinked(entry: Entry, query: AgendaQuery): boolean {
  if (entry.kind !== 'booking' || query.kind !== 'booking') return false
  return (
    entry.linkedKeys.includes(query.key) ||
    query.linkedKeys.includes(entry.key) ||
    entry.linkedKeys.some((key) => query.linkedKeys.includes(key))
  )
}

/**
 * A booking and a session of one person that took place together. Where several bookings qualify, only the one
 * closest in time counts, so that one session does not glue two meetings together.
 */
function isSameSlot(agenda: Agenda, entry: Entry, query: AgendaQuery): boolean {
  if (entry.kind === query.kind) return false
  const distance = slotDistance(entry, query)
  if (distance === null) return false
  const session = entry.kind === 'session' ? entry : query
  const booking = entry.kind === 'session' ? query : entry
  return !agenda.entries.some((other) => {
    if (other.kind !== 'booking' || other.key === booking.key) return false
    const otherDistance = slotDistance(other, session)
    return otherDistance !== null && otherDistance < distance
  })
}

function slotDistance(
  a: Pick<AgendaQuery, 'startsAt' | 'platformMeetingId'>,
  b: Pick<AgendaQuery, 'startsAt' | 'platformMeetingId'>
): number | null {
  if (a.startsAt === null || b.startsAt === null) return null
  const distance = Math.abs(Date.parse(a.startsAt) - Date.parse(b.startsAt))
  const sameRoom = a.platformMeetingId !== null && a.platformMeetingId === b.platformMeetingId
  return distance <= (sameRoom ? SAME_ROOM_WINDOW_MS : SAME_SLOT_WINDOW_MS) ? distance : null
}
