import {
  AgendaEntryAdded,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  OpenMeetingRoom
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'
import { hasLink, hostMissing, meetingUnknown, roomRefused, roomsNotSetUp } from '../errors.ts'
import { keepRoom } from '../room/keep-room.ts'
import { comingBooking } from './change-meeting.ts'
import { loadMeeting } from './load-meeting.ts'
import { openRooms } from './meeting.ts'

/** Opens a room by hand. */
export const openMeetingRoomCommand = defineCommandHandler({
  command: OpenMeetingRoom,
  emits: [MeetingRoomOpened, MeetingRoomMoved, MeetingRoomClosed, MeetingRoomFailed, AgendaEntryAdded],
  handle: async ({ meetingId }, { rooms }: MeetingsDeps, context) => {
    const { load, transact, clock, logger, cause, sentAt } = context
    if (rooms === null) return roomsNotSetUp()
    const found = await loadMeeting(load, meetingId)
    if (found === null) return meetingUnknown(meetingId)
    const booking = comingBooking(found.meeting, found.meetingId, clock.now())
    if ('refused' in booking) return booking
    if (found.meeting.link !== null || booking.facts.location.joinUrl !== null) return hasLink()
    if (booking.facts.host.email === null) return hostMissing()
    const basis = { load, transact, clock, logger, cause, causedAt: new Date(sentAt) }
    const { meeting, refused } = await keepRoom(rooms, found.meetingId, basis, { byHand: true })
    const [room] = meeting === null ? [] : openRooms(meeting.meeting)
    if (refused !== null) return roomRefused(refused.detail)
    return room === undefined ? hasLink() : { meetingId: found.meetingId, platformMeetingId: room.id }
  }
})
