import {
  isEvent,
  MeetingChangedAtZoom,
  MeetingEnded,
  MeetingRecordingReported,
  meetingRecordingIdOf,
  MeetingStarted,
  newEvent,
  ParticipantJoined,
  ParticipantLeft,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { meetingOfHistory, standingBooking } from '../meeting/meeting.ts'
import { livingEvents } from './instance-history.ts'
import { participantSide, type OwnPeople } from './participant-side.ts'
import type { ToldOfMeeting, ZoomFile, ZoomPerson } from './translate-delivery.ts'

/** Which meeting was told of, and by which webhook. */
export interface FactsOf {
  readonly meetingId: string
  readonly personId: string
  readonly webhookId: string
}

/**
 * What a webhook of Zoom's adds to its meeting; nothing where all of it is known. Pure.
 *
 * @param history of the meeting, with those that turned out to be it
 */
export function decideFacts(
  history: readonly RecordedEvent[],
  of: FactsOf,
  told: ToldOfMeeting,
  own: Pick<OwnPeople, 'ownDomains' | 'notetakers'>
): readonly NewEvent[] {
  const { fact } = told
  const { meetingId, personId } = of
  const instance = {
    meetingId,
    personId,
    provider: 'zoom' as const,
    uuid: uuidOf(told),
    platformMeetingId: told.number
  }
  const living = livingEvents(history).filter(({ data }) => data.uuid === instance.uuid)
  switch (fact.kind) {
    case 'started':
      return living.some((event) => isEvent(event, MeetingStarted))
        ? []
        : [newEvent(MeetingStarted, meetingId, { ...instance, startedAt: fact.at })]
    case 'ended':
      return living.some((event) => isEvent(event, MeetingEnded))
        ? []
        : [newEvent(MeetingEnded, meetingId, { ...instance, startedAt: fact.startedAt, endedAt: fact.at })]
    case 'joined': {
      const { participantId } = fact.participant
      const isKnown = living.some(
        (event) =>
          isEvent(event, ParticipantJoined) &&
          event.data.participantId === participantId &&
          event.data.joinedAt === fact.at
      )
      const person = personOf(fact.participant, history, told, own)
      return isKnown ? [] : [newEvent(ParticipantJoined, meetingId, { ...instance, ...person, joinedAt: fact.at })]
    }
    case 'left': {
      const { participantId } = fact.participant
      const isKnown = living.some(
        (event) =>
          isEvent(event, ParticipantLeft) && event.data.participantId === participantId && event.data.leftAt === fact.at
      )
      const person = personOf(fact.participant, history, told, own)
      return isKnown ? [] : [newEvent(ParticipantLeft, meetingId, { ...instance, ...person, leftAt: fact.at })]
    }
    case 'recorded':
      return fact.files.flatMap((file) => reported(history, of, instance.uuid, file, fact.at))
    case 'moved':
      return changed(history, of, told.number, 'moved', fact.startsAt, fact.at)
    case 'deleted':
      return changed(history, of, told.number, 'deleted', null, fact.at)
  }
}

/** Zoom's id of an instance; where it gives none, the number and the time stand for it. */
export function uuidOf({ uuid, number, startedAt }: Pick<ToldOfMeeting, 'uuid' | 'number' | 'startedAt'>): string {
  return uuid === '' ? `${number} ${startedAt}` : uuid
}

function personOf(
  person: ZoomPerson,
  history: readonly RecordedEvent[],
  { hostId }: ToldOfMeeting,
  own: Pick<OwnPeople, 'ownDomains' | 'notetakers'>
) {
  const { participantId, name, email } = person
  const host = standingBooking(meetingOfHistory(history))?.facts.host ?? { name: null, email: null }
  return { participantId, name, email, side: participantSide(person, { ...own, host, hostId }) }
}

function reported(
  history: readonly RecordedEvent[],
  { meetingId, personId, webhookId }: FactsOf,
  uuid: string,
  file: ZoomFile,
  reportedAt: string
): NewEvent[] {
  const recordingId = meetingRecordingIdOf(file.fileId)
  const isKnown = history.some(
    (event) => isEvent(event, MeetingRecordingReported) && event.data.recordingId === recordingId
  )
  if (isKnown) return []
  const { fileId, kind, recordingType, sizeBytes, startedAt, endedAt } = file
  const ids = { recordingId, meetingId, personId, uuid, webhookId, fileId }
  return [
    newEvent(MeetingRecordingReported, meetingId, {
      ...ids,
      kind,
      recordingType,
      sizeBytes,
      startedAt,
      endedAt,
      reportedAt
    })
  ]
}

/** Only what differs from what was agreed: Zoom tells of our own changes too. */
function changed(
  history: readonly RecordedEvent[],
  { meetingId, personId }: FactsOf,
  number: string,
  change: 'moved' | 'deleted',
  startsAt: string | null,
  changedAt: string
): NewEvent[] {
  const meeting = meetingOfHistory(history)
  const booking = standingBooking(meeting)
  const room = meeting.rooms.get(number)
  const isOver = booking === null || booking.canceled !== null || room?.isOpen === false
  if (isOver) return []
  const agreed = [booking.facts.startsAt, room?.startsAt].flatMap((time) =>
    time === undefined ? [] : Date.parse(time)
  )
  if (startsAt !== null && agreed.includes(Date.parse(startsAt))) return []
  const isKnown = history.some(
    (event) =>
      isEvent(event, MeetingChangedAtZoom) &&
      event.data.platformMeetingId === number &&
      event.data.change === change &&
      event.data.changedAt === changedAt
  )
  if (isKnown) return []
  return [
    newEvent(MeetingChangedAtZoom, meetingId, {
      meetingId,
      personId,
      platformMeetingId: number,
      change,
      startsAt,
      changedAt
    })
  ]
}
