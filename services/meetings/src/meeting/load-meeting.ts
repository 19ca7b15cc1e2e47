import { isEvent, MeetingsMerged, type AggregateRef, type RecordedEvent } from '@leadlog/contracts'
import { emptyAgenda, evolveAgenda, standingId, type Agenda } from '../agenda/agenda.ts'
import { agendaRef, meetingRef } from '../agenda/booking-aggregate.ts'
import { meetingOfHistory, type Meeting } from './meeting.ts'

/** A meeting under the id that it goes by now. */
export interface LoadedMeeting {
  readonly meetingId: string
  readonly personId: string
  readonly meeting: Meeting
  /** Its history under that id. */
  readonly own: readonly RecordedEvent[]
  /** Histories of the meetings that turned out to be it, by their ids; nothing is added to them any more. */
  readonly absorbed: ReadonlyMap<string, readonly RecordedEvent[]>
}

type Load = (ref: AggregateRef) => Promise<{ readonly events: readonly RecordedEvent[] }>

/** A meeting by any of its ids; null where there is none. */
export async function loadMeeting(load: Load, anyId: string): Promise<LoadedMeeting | null> {
  const { events } = await load(meetingRef(anyId))
  const personId = personOf(events)
  if (personId === null) return null
  const agenda = agendaOf((await load(agendaRef(personId))).events)
  const meetingId = standingId(agenda, anyId)
  const own = meetingId === anyId ? events : (await load(meetingRef(meetingId))).events
  const absorbed = new Map<string, readonly RecordedEvent[]>()
  await addAbsorbed(load, own, absorbed)
  return { meetingId, personId, meeting: meetingOfHistory(own, absorbed), own, absorbed }
}

export function agendaOf(events: readonly RecordedEvent[]): Agenda {
  return events.reduce(evolveAgenda, emptyAgenda)
}

function personOf(events: readonly RecordedEvent[]): string | null {
  for (const { data } of events) {
    const { personId } = data as { personId?: unknown }
    if (typeof personId === 'string') return personId
  }
  return null
}

async function addAbsorbed(
  load: Load,
  events: readonly RecordedEvent[],
  absorbed: Map<string, readonly RecordedEvent[]>
): Promise<void> {
  for (const event of events) {
    if (!isEvent(event, MeetingsMerged) || absorbed.has(event.data.mergedMeetingId)) continue
    const { events: merged } = await load(meetingRef(event.data.mergedMeetingId))
    absorbed.set(event.data.mergedMeetingId, merged)
    await addAbsorbed(load, merged, absorbed)
  }
}
