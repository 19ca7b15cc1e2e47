import { cancelMeetingCommand, rescheduleMeetingCommand, setMeetingLinkCommand } from './meeting.commands.ts'
import { openMeetingRoomCommand } from './open-meeting-room.command.ts'
import { scheduleMeetingCommand } from './schedule-meeting.command.ts'

/** What people do with meetings. */
export const meetingCommandHandlers = [
  scheduleMeetingCommand,
  rescheduleMeetingCommand,
  cancelMeetingCommand,
  openMeetingRoomCommand,
  setMeetingLinkCommand
] as const
