import type { JsonObject, JsonValue } from '../json.ts'

/** A person of the account who may host meetings. */
export type ZoomUser = { id: string; email: string; firstName: string; lastName: string }

/** Somebody in one instance of a meeting. */
export type ZoomParticipant = {
  uuid: string
  /** Number within the instance. */
  userId: string
  name: string
  /** Empty for guests, as Zoom leaves it. */
  email: string
  joinAt: string
  leaveAt: string
}

/** A file of a cloud recording. */
export type ZoomFile = {
  id: string
  fileType: 'MP4' | 'M4A' | 'TRANSCRIPT'
  extension: string
  recordingType: string
  size: number
}

/** One time that the meeting took place; the number is used again, the uuid is not. */
export type ZoomInstance = {
  uuid: string
  startedAt: string
  endedAt: string | null
  participants: ZoomParticipant[]
  files: ZoomFile[]
  /** What is said, as WebVTT; it is the transcript's content. */
  transcript: string
}

/** A meeting of the account. `sid` is its number as text. */
export type ZoomMeeting = {
  sid: string
  uuid: string
  hostId: string
  hostEmail: string
  topic: string
  type: number
  startTime: string | null
  duration: number
  timezone: string
  agenda: string
  password: string
  createdAt: string
  settings: JsonObject
  trackingFields: JsonValue[]
  instances: ZoomInstance[]
}

/** In lists an agenda is cut. */
const LISTED_AGENDA = 250

const isRunning = ({ instances }: ZoomMeeting): boolean => instances.some(({ endedAt }) => endedAt === null)

const startOf = (meeting: ZoomMeeting): JsonObject =>
  meeting.startTime === null ? {} : { start_time: meeting.startTime }

/** A meeting as creating and getting it show it. */
export const showMeeting = (meeting: ZoomMeeting): JsonObject => ({
  uuid: meeting.uuid,
  id: Number(meeting.sid),
  host_id: meeting.hostId,
  host_email: meeting.hostEmail,
  topic: meeting.topic,
  type: meeting.type,
  status: isRunning(meeting) ? 'started' : 'waiting',
  ...startOf(meeting),
  duration: meeting.duration,
  timezone: meeting.timezone,
  agenda: meeting.agenda,
  created_at: meeting.createdAt,
  start_url: `https://us05web.zoom.us/s/${meeting.sid}?zak=FICTIONAL`,
  join_url: joinUrlOf(meeting),
  password: meeting.password,
  settings: meeting.settings,
  tracking_fields: meeting.trackingFields
})

/** A meeting as lists show it: without settings, its agenda cut. */
export const listMeeting = (meeting: ZoomMeeting): JsonObject => ({
  uuid: meeting.uuid,
  id: Number(meeting.sid),
  host_id: meeting.hostId,
  topic: meeting.topic,
  type: meeting.type,
  ...startOf(meeting),
  duration: meeting.duration,
  timezone: meeting.timezone,
  agenda: meeting.agenda.slice(0, LISTED_AGENDA),
  created_at: meeting.createdAt,
  join_url: joinUrlOf(meeting)
})

export const joinUrlOf = (meeting: ZoomMeeting): string =>
  `https://us05web.zoom.us/j/${meeting.sid}?pwd=FICTIONAL${meeting.password}`

export const showUser = (user: ZoomUser): JsonObject => ({
  id: user.id,
  first_name: user.firstName,
  last_name: user.lastName,
  display_name: `${user.firstName} ${user.lastName}`,
  email: user.email,
  type: 2,
  status: 'active',
  timezone: 'UTC'
})

/** A file of a recording as webhooks and the API show it. */
export const showFile = (instance: ZoomInstance, file: ZoomFile, origin: string): JsonObject => ({
  id: file.id,
  meeting_id: instance.uuid,
  recording_start: instance.startedAt,
  recording_end: instance.endedAt,
  file_type: file.fileType,
  file_extension: file.extension,
  file_size: file.size,
  play_url: `https://us05web.zoom.us/rec/play/${file.id}`,
  download_url: `${origin}/zoom/rec/webhook_download/${file.id}`,
  status: 'completed',
  recording_type: file.recordingType
})

/** Minutes, as Zoom counts them. */
export const minutesOf = ({ startedAt, endedAt }: ZoomInstance): number =>
  endedAt === null ? 0 : Math.ceil((Date.parse(endedAt) - Date.parse(startedAt)) / 60_000)
