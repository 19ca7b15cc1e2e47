import {
  isEvent,
  MeetingEnded,
  MeetingInstanceMoved,
  MeetingStarted,
  ParticipantJoined,
  ParticipantLeft,
  type EventOf,
  type ParticipantSide,
  type RecordedEvent
} from '@leadlog/contracts'

/** What tells of a meeting as it takes place. */
export const instanceEvents = [MeetingStarted, MeetingEnded, ParticipantJoined, ParticipantLeft] as const
export type InstanceEvent = EventOf<(typeof instanceEvents)[number]>

/** One time that a meeting took place. */
export interface Instance {
  readonly uuid: string
  /** When it began; where that was not told, when somebody was there first. */
  readonly startedAt: string
  readonly endedAt: string | null
  readonly people: readonly InstancePerson[]
}

export interface InstancePerson {
  readonly name: string | null
  readonly email: string | null
  readonly side: ParticipantSide
}

export function isInstanceEvent(event: RecordedEvent): event is InstanceEvent {
  return instanceEvents.some((definition) => isEvent(event, definition))
}

/** The instance events that still count: without those of instances that were another meeting's. */
export function livingEvents(history: readonly RecordedEvent[]): InstanceEvent[] {
  let living: InstanceEvent[] = []
  for (const event of history) {
    if (isInstanceEvent(event)) living.push(event)
    if (isEvent(event, MeetingInstanceMoved)) living = living.filter(({ data }) => data.uuid !== event.data.uuid)
  }
  return living
}

/** The times that a meeting took place, the first one first. */
export function instancesOf(history: readonly RecordedEvent[]): Instance[] {
  const byUuid = Map.groupBy(livingEvents(history), ({ data }) => data.uuid)
  return [...byUuid]
    .map(([uuid, events]) => instanceOf(uuid, events))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt) || a.uuid.localeCompare(b.uuid))
}

function instanceOf(uuid: string, events: readonly InstanceEvent[]): Instance {
  const began = events.flatMap((event) => {
    if (isEvent(event, MeetingStarted)) return event.data.startedAt
    return isEvent(event, MeetingEnded) ? (event.data.startedAt ?? []) : []
  })
  const ended = events.flatMap((event) => (isEvent(event, MeetingEnded) ? event.data.endedAt : []))
  const people = new Map<string, InstancePerson>()
  for (const event of events) {
    if (!isEvent(event, ParticipantJoined) && !isEvent(event, ParticipantLeft)) continue
    const { participantId, name, email, side } = event.data
    people.set(`${participantId} ${side}`, { name, email, side })
  }
  return {
    uuid,
    startedAt: began.sort()[0] ?? events.map(timeOf).sort()[0] ?? '',
    endedAt: ended.sort().at(-1) ?? null,
    people: [...people.values()]
  }
}

function timeOf(event: InstanceEvent): string {
  if (isEvent(event, MeetingStarted)) return event.data.startedAt
  if (isEvent(event, MeetingEnded)) return event.data.endedAt
  return isEvent(event, ParticipantJoined) ? event.data.joinedAt : event.data.leftAt
}
