import {
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  OpenMeetingRoom
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'
import { roomsNotSetUp } from '../errors.ts'

/** Opens a room by hand. */
export const openMeetingRoomCommand = defineCommandHandler({
  command: OpenMeetingRoom,
  emits: [MeetingRoomOpened, MeetingRoomMoved, MeetingRoomClosed, MeetingRoomFailed],
  handle: (_asked, _deps: MeetingsDeps) => Promise.resolve(roomsNotSetUp())
})
