import type { JsonObject } from '../json.ts'
import type { Delivery } from '../sample-day/delivery.ts'
import { downloadTokenOf } from './zoom-files.ts'
import type { ZoomFile, ZoomInstance, ZoomMeeting, ZoomParticipant, ZoomUser } from './zoom-resources.ts'
import { minutesOf, showFile } from './zoom-resources.ts'
import { zoomSignature } from './zoom-signature.ts'

export interface EventSetting {
  accountId: string
  clientId: string
  webhookSecret: string
  /** When it is told: tokens of downloads are good from then on. */
  now: Date
  /** Where the simulators answer; downloads are there. */
  origin: string
}

/** Recordings are ready some minutes after the end, transcripts some more. */
const RECORDING_AFTER_MS = 15 * 60_000
const TRANSCRIPT_AFTER_MS = 20 * 60_000

interface ZoomEvent {
  name: string
  at: number
  object: JsonObject
  downloadToken?: string
}

/** A webhook of Zoom's, signed at the time of each attempt. */
export const zoomDelivery = (name: string, payload: JsonObject, webhookSecret: string): Delivery => {
  const body = JSON.stringify(payload)
  return {
    name,
    provider: 'zoom',
    path: '/webhooks/zoom',
    body,
    headers: (now) => ({ 'content-type': 'application/json', ...zoomSignature(body, webhookSecret, now) }),
    expect: { status: 200, outcome: 'processed' }
  }
}

/** What is told of an instance of a meeting, in the order of time. */
export const meetingDeliveries = (
  meeting: ZoomMeeting,
  instance: ZoomInstance,
  setting: EventSetting,
  without: readonly string[] = []
): Delivery[] =>
  eventsOf(meeting, instance, setting)
    .filter(({ name }) => !without.includes(name))
    .sort((a, b) => a.at - b.at)
    .map(({ name, at, object, downloadToken }, index) =>
      zoomDelivery(
        `zoom ${instance.uuid} ${index} ${name}`,
        {
          event: name,
          event_ts: at,
          payload: { account_id: setting.accountId, object },
          // Beside the payload, not in it.
          ...(downloadToken === undefined ? {} : { download_token: downloadToken })
        },
        setting.webhookSecret
      )
    )

const eventsOf = (meeting: ZoomMeeting, instance: ZoomInstance, setting: EventSetting): ZoomEvent[] => {
  const start = Date.parse(instance.startedAt)
  const end = Date.parse(instance.endedAt ?? instance.startedAt)
  const object = (more: JsonObject): JsonObject => ({
    // A text here, a number with recordings.
    id: meeting.sid,
    uuid: instance.uuid,
    host_id: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    start_time: instance.startedAt,
    timezone: meeting.timezone,
    duration: meeting.duration,
    ...more
  })
  return [
    { name: 'meeting.started', at: start, object: object({}) },
    ...instance.participants.flatMap((person): ZoomEvent[] => [
      {
        name: 'meeting.participant_joined',
        at: Date.parse(person.joinAt),
        object: object({ participant: { ...participantOf(person), join_time: person.joinAt } })
      },
      {
        name: 'meeting.participant_left',
        at: Date.parse(person.leaveAt),
        object: object({
          participant: {
            ...participantOf(person),
            leave_time: person.leaveAt,
            leave_reason: `${person.name} left the meeting.`
          }
        })
      }
    ]),
    { name: 'meeting.ended', at: end, object: object({ end_time: instance.endedAt }) },
    ...recorded(meeting, instance, setting, 'recording.completed', end + RECORDING_AFTER_MS),
    ...recorded(meeting, instance, setting, 'recording.transcript_completed', end + TRANSCRIPT_AFTER_MS)
  ]
}

const participantOf = ({ uuid, userId, name, email }: ZoomParticipant): JsonObject => ({
  user_id: userId,
  user_name: name,
  id: '',
  participant_uuid: uuid,
  participant_user_id: '',
  email,
  registrant_id: '',
  customer_key: '',
  phone_number: ''
})

const recorded = (
  meeting: ZoomMeeting,
  instance: ZoomInstance,
  { accountId, webhookSecret, origin, now }: EventSetting,
  name: 'recording.completed' | 'recording.transcript_completed',
  at: number
): ZoomEvent[] => {
  const isWanted = ({ fileType }: ZoomFile): boolean =>
    (fileType === 'TRANSCRIPT') === (name === 'recording.transcript_completed')
  const files = instance.files.filter(isWanted)
  const [first] = files
  if (first === undefined) return []
  const object: JsonObject = {
    uuid: instance.uuid,
    id: Number(meeting.sid),
    account_id: accountId,
    host_id: meeting.hostId,
    host_email: meeting.hostEmail,
    topic: meeting.topic,
    type: meeting.type,
    start_time: instance.startedAt,
    timezone: meeting.timezone,
    duration: minutesOf(instance),
    total_size: files.reduce((sum, { size }) => sum + size, 0),
    recording_count: files.length,
    share_url: 'https://us05web.zoom.us/rec/share/FICTIONAL',
    recording_files: files.map((file) => showFile(instance, file, origin))
  }
  return [{ name, at, object, downloadToken: downloadTokenOf(webhookSecret, instance.uuid, now) }]
}

/** Somebody changed a meeting in Zoom: what is new, and what it was before. */
export const updatedDelivery = (
  before: ZoomMeeting,
  after: ZoomMeeting,
  operator: string,
  setting: EventSetting
): Delivery => {
  const [was, is] = [changeable(before), changeable(after)]
  const changed = Object.keys(is).filter((field) => is[field] !== was[field])
  const only = (values: JsonObject): JsonObject =>
    Object.fromEntries(changed.map((field) => [field, values[field] ?? null]))
  const ids = { uuid: after.uuid, id: Number(after.sid), host_id: after.hostId }
  return changeDelivery('meeting.updated', after, setting, {
    operator,
    object: { ...ids, ...only(is) },
    old_object: { ...ids, ...only(was) },
    time_stamp: setting.now.getTime()
  })
}

/** Somebody deleted a meeting in Zoom. */
export const deletedDelivery = (meeting: ZoomMeeting, operator: string, setting: EventSetting): Delivery =>
  changeDelivery('meeting.deleted', meeting, setting, {
    operator,
    object: {
      uuid: meeting.uuid,
      id: Number(meeting.sid),
      host_id: meeting.hostId,
      type: meeting.type,
      ...changeable(meeting)
    }
  })

const changeable = ({ topic, startTime, duration, timezone }: ZoomMeeting): JsonObject => ({
  topic,
  start_time: startTime,
  duration,
  timezone
})

const changeDelivery = (
  event: string,
  { sid }: ZoomMeeting,
  { accountId, webhookSecret, now }: EventSetting,
  payload: JsonObject
): Delivery =>
  zoomDelivery(
    `zoom ${sid} ${event} ${now.getTime()}`,
    { event, event_ts: now.getTime(), payload: { account_id: accountId, ...payload } },
    webhookSecret
  )

/** A user removed the app. */
export const deauthorizedDelivery = (user: ZoomUser, setting: EventSetting): Delivery =>
  zoomDelivery(
    `zoom deauthorized ${user.id} ${setting.now.getTime()}`,
    {
      event: 'app_deauthorized',
      event_ts: setting.now.getTime(),
      payload: {
        account_id: setting.accountId,
        user_id: user.id,
        signature: 'FICTIONAL',
        deauthorization_time: setting.now.toISOString(),
        client_id: setting.clientId
      }
    },
    setting.webhookSecret
  )
