import { MeetingAttendanceCorrected } from './meeting-attendance-corrected.ts'
import { MeetingAttended } from './meeting-attended.ts'
import { MeetingChangedAtZoom } from './meeting-changed-at-zoom.ts'
import { MeetingEnded } from './meeting-ended.ts'
import { MeetingInstanceMoved } from './meeting-instance-moved.ts'
import { MeetingNotAttended } from './meeting-not-attended.ts'
import { MeetingRecordingDeleted } from './meeting-recording-deleted.ts'
import { MeetingRecordingReported } from './meeting-recording-reported.ts'
import { MeetingRecordingStored } from './meeting-recording-stored.ts'
import { MeetingRecordingUnavailable } from './meeting-recording-unavailable.ts'
import { MeetingStarted } from './meeting-started.ts'
import { MeetingTranscribed } from './meeting-transcribed.ts'
import { ParticipantJoined } from './participant-joined.ts'
import { ParticipantLeft } from './participant-left.ts'
import { ZoomRoomLinked } from './zoom-room-linked.ts'
import { ZoomWebhookNoted } from './zoom-webhook-noted.ts'

/** What meetings on their platform tell: who was there, and what was recorded. */
export const attendanceEvents = [
  ZoomRoomLinked,
  ZoomWebhookNoted,
  MeetingStarted,
  MeetingEnded,
  ParticipantJoined,
  ParticipantLeft,
  MeetingInstanceMoved,
  MeetingChangedAtZoom,
  MeetingAttended,
  MeetingNotAttended,
  MeetingAttendanceCorrected,
  MeetingRecordingReported,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingRecordingDeleted,
  MeetingTranscribed
] as const
