import type { EventDefinition } from '../event/define-event.ts'
import { MeetingInvitationMailed } from './meeting-invitation-mailed.ts'
import { MeetingLinkSet } from './meeting-link-set.ts'
import { MeetingRoomClosed } from './meeting-room-closed.ts'
import { MeetingRoomFailed } from './meeting-room-failed.ts'
import { MeetingRoomMoved } from './meeting-room-moved.ts'
import { MeetingRoomOpened } from './meeting-room-opened.ts'

/** Rooms, links and invitations of meetings. */
export const roomEvents: readonly EventDefinition[] = [
  MeetingRoomOpened,
  MeetingRoomMoved,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingLinkSet,
  MeetingInvitationMailed
]
