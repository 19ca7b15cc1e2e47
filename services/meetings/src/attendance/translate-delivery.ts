import { payloadInvalid } from '../errors.ts'
import { moment } from '../webhook/moment.ts'
import type { MeetingDelivery, RecordingFile } from './zoom-payload.ts'

/** What a webhook of Zoom's says about a meeting, in our own words. */
export type ZoomFact =
  | { readonly kind: 'started'; readonly at: string }
  | { readonly kind: 'ended'; readonly startedAt: string | null; readonly at: string }
  | { readonly kind: 'joined' | 'left'; readonly participant: ZoomPerson; readonly at: string }
  | { readonly kind: 'recorded'; readonly files: readonly ZoomFile[]; readonly at: string }
  | { readonly kind: 'moved'; readonly startsAt: string; readonly at: string }
  | { readonly kind: 'deleted'; readonly at: string }

export interface ZoomPerson {
  readonly participantId: string
  readonly name: string | null
  readonly email: string | null
  /** Empty for guests: whoever has one is a user of the account. */
  readonly zoomUserId: string | null
}

export interface ZoomFile {
  readonly fileId: string
  readonly kind: 'video' | 'audio' | 'transcript'
  readonly recordingType: string | null
  readonly sizeBytes: number | null
  readonly startedAt: string | null
  readonly endedAt: string | null
}

/** A fact with what it is about. */
export interface ToldOfMeeting {
  /** The meeting's number, as text. */
  readonly number: string
  readonly uuid: string
  /** When the instance took place, or was to: with the number it tells which booking it is of. */
  readonly startedAt: string
  readonly hostId: string | null
  readonly fact: ZoomFact
}

/** Why a webhook says nothing to us. */
export interface NothingTold {
  readonly ignored: string
  readonly detail: string
}

const KINDS: Readonly<Record<string, ZoomFile['kind']>> = { MP4: 'video', M4A: 'audio', TRANSCRIPT: 'transcript' }

/**
 * A webhook of Zoom's as a fact. Pure.
 *
 * @throws PermanentError MEETINGS_PAYLOAD_INVALID where a time is missing, or is none
 */
export function translateDelivery(delivery: MeetingDelivery): ToldOfMeeting | NothingTold {
  const { event, event_ts: toldAt, payload } = delivery
  const { object } = payload
  const at = toldAt == null ? null : moment('zoom', '/event_ts', toldAt)
  const time = (field: string, value: string | null | undefined, or: string | null = at): string => {
    if (value) return moment('zoom', `/payload/object/${field}`, value)
    if (or !== null) return or
    throw payloadInvalid('zoom', [`/payload/object/${field} or /event_ts must say when it happened`])
  }
  const start = object.start_time ? moment('zoom', '/payload/object/start_time', object.start_time) : null
  const about = (fact: ZoomFact, startedAt: string): ToldOfMeeting => ({
    number: String(object.id),
    uuid: object.uuid ?? '',
    startedAt,
    hostId: object.host_id || null,
    fact
  })
  switch (event) {
    case 'meeting.started': {
      const began = time('start_time', object.start_time)
      return about({ kind: 'started', at: began }, began)
    }
    case 'meeting.ended': {
      const ended = time('end_time', object.end_time)
      return about({ kind: 'ended', startedAt: start, at: ended }, start ?? ended)
    }
    case 'meeting.participant_joined':
    case 'meeting.participant_left': {
      const { participant } = object
      if (!participant) throw payloadInvalid('zoom', ['/payload/object/participant must be there'])
      const isJoin = event === 'meeting.participant_joined'
      const when = isJoin
        ? time('participant/join_time', participant.join_time)
        : time('participant/leave_time', participant.leave_time)
      return about({ kind: isJoin ? 'joined' : 'left', participant: personOf(participant), at: when }, start ?? when)
    }
    case 'recording.completed':
    case 'recording.transcript_completed': {
      const files = (object.recording_files ?? []).flatMap(fileOf)
      if (files.length === 0) {
        return { ignored: 'nothing-to-keep', detail: 'The recording has no video, no sound and no transcript' }
      }
      const told = time('start_time', null, at ?? start)
      return about({ kind: 'recorded', files, at: told }, start ?? told)
    }
    case 'meeting.updated': {
      if (start === null) return { ignored: 'time-unchanged', detail: 'The time of the meeting did not change' }
      const changedAt = payload.time_stamp == null ? at : moment('zoom', '/payload/time_stamp', payload.time_stamp)
      return about({ kind: 'moved', startsAt: start, at: time('time_stamp', null, changedAt) }, start)
    }
    case 'meeting.deleted':
      return about({ kind: 'deleted', at: time('event_ts', null) }, start ?? time('event_ts', null))
    default:
      return { ignored: 'event-not-used', detail: `Nothing follows from ${event}` }
  }
}

function personOf(participant: NonNullable<MeetingDelivery['payload']['object']['participant']>): ZoomPerson {
  const {
    participant_uuid: uuid,
    user_id: number,
    user_name: name,
    email,
    id,
    participant_user_id: userId
  } = participant
  const participantId = uuid || (number == null ? '' : String(number)) || name?.trim() || 'unknown'
  return {
    participantId,
    name: name?.trim() || null,
    email: email?.trim().toLowerCase() || null,
    zoomUserId: id?.trim() || userId?.trim() || null
  }
}

function fileOf(file: RecordingFile): ZoomFile[] {
  const kind = KINDS[file.file_type ?? '']
  if (kind === undefined || !file.download_url) return []
  const time = (value: string | null | undefined): string | null =>
    value ? moment('zoom', '/payload/object/recording_files', value) : null
  return [
    {
      fileId: file.id,
      kind,
      recordingType: file.recording_type ?? null,
      sizeBytes: file.file_size == null ? null : Math.max(0, Math.round(file.file_size)),
      startedAt: time(file.recording_start),
      endedAt: time(file.recording_end)
    }
  ]
}
