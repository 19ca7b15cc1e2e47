import {
  AgendaEntryAdded,
  MeetingBooked,
  MeetingCanceled,
  MeetingLinkSet,
  MeetingRescheduled,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  MeetingsMerged,
  PersonErased,
  type RecordedEvent
} from '@leadlog/contracts'
import { TimerDue } from '@leadlog/event-log'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'
import { keepRoom, type RoomContext } from './keep-room.ts'

const emits = [MeetingRoomOpened, MeetingRoomMoved, MeetingRoomClosed, MeetingRoomFailed, AgendaEntryAdded]

/** A booking, or what becomes of it → one room at Zoom where it brings no link, at its time, until it is canceled. */
export const keepRooms = defineReactor({
  name: 'keep-rooms',
  on: [MeetingBooked, MeetingRescheduled, MeetingCanceled, MeetingsMerged, MeetingLinkSet],
  emits,
  concurrency: 8,
  handle: async (event, { rooms }: MeetingsDeps, context) => {
    if (rooms !== null) await keepRoom(rooms, event.data.meetingId, becauseOf(event, context))
  }
})

/** The day on which no more could be opened is over → it is tried again. */
export const retryRooms = defineReactor({
  name: 'retry-rooms',
  on: [TimerDue],
  subjects: ['due.meetings.*'],
  emits,
  concurrency: 4,
  handle: async (event, { rooms }: MeetingsDeps, context) => {
    const { about, meetingId } = event.data.payload as { about?: string; meetingId?: string }
    if (rooms === null || about !== 'room' || meetingId === undefined) return
    await keepRoom(rooms, meetingId, becauseOf(event, context))
  }
})

/** A person was erased → their rooms are deleted at Zoom, where their name may stand. */
export const closeErasedRooms = defineReactor({
  name: 'close-erased-rooms',
  on: [PersonErased],
  emits,
  concurrency: 4,
  handle: async (event, { rooms }: MeetingsDeps, context) => {
    if (rooms === null) return
    for (const meetingId of event.data.meetingIds) await keepRoom(rooms, meetingId, becauseOf(event, context))
  }
})

function becauseOf(event: RecordedEvent, context: HandlerContext): RoomContext {
  const cause = { id: event.id, correlationId: event.correlationid }
  return { ...context, cause, causedAt: new Date(event.time) }
}
