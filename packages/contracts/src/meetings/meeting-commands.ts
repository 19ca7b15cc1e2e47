import type { CommandDefinition } from '../command/define-command.ts'
import { CancelMeeting } from './cancel-meeting.ts'
import { OpenMeetingRoom } from './open-meeting-room.ts'
import { RescheduleMeeting } from './reschedule-meeting.ts'
import { ScheduleMeeting } from './schedule-meeting.ts'
import { SetMeetingLink } from './set-meeting-link.ts'

/** What is asked for of meetings. */
export const meetingCommands: readonly CommandDefinition[] = [
  ScheduleMeeting,
  RescheduleMeeting,
  CancelMeeting,
  OpenMeetingRoom,
  SetMeetingLink
]
