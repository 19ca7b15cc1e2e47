import {
  MeetingInstanceMoved,
  newEvent,
  TransientError,
  WebhookIgnored,
  ZoomWebhookNoted,
  type AggregateRef,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { AggregateHistory, TransactResult } from '@leadlog/event-log'
import { agendaRef, meetingRef } from '../agenda/booking-aggregate.ts'
import { standingId } from '../agenda/agenda.ts'
import { agendaOf, loadMeeting } from '../meeting/load-meeting.ts'
import { wholeHistory } from '../meeting/meeting.ts'
import { decideFacts, uuidOf } from './decide-facts.ts'
import type { OwnPeople } from './participant-side.ts'
import type { ToldOfMeeting } from './translate-delivery.ts'
import { linkAt, zoomRoomId, zoomRoomOf, zoomRoomRef, type NotedWebhook, type RoomLink } from './zoom-room.ts'

/** How the log is read and written; a handler's context, or the log on behalf of an earlier webhook. */
export interface TakeTold {
  load(ref: AggregateRef): Promise<AggregateHistory>
  transact(request: {
    load: readonly AggregateRef[]
    readonly decide: (histories: readonly AggregateHistory[]) => readonly NewEvent[]
    step?: string
  }): Promise<TransactResult>
}

/** The booking that something told of is about; changes are about a number, whatever the time. */
function linkOf(links: Iterable<RoomLink>, { fact, startedAt }: ToldOfMeeting): RoomLink | null {
  const isChange = fact.kind === 'moved' || fact.kind === 'deleted'
  const all = [...links]
  return (
    linkAt(all, startedAt) ??
    (isChange ? (all.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)).at(-1) ?? null) : null)
  )
}

/**
 * Records what a webhook told on the meeting that it is of, together with the note of that under the meeting's number. Where
 * no booking under the number is known it is noted as waiting, and whoever links a booking takes it up. A booking that is linked
 * at the same moment is seen by one of the two, since both append to the number's history.
 *
 * @returns the meeting; null where it waits
 */
export async function takeTold(
  told: ToldOfMeeting,
  webhookId: string,
  own: Pick<OwnPeople, 'ownDomains' | 'notetakers'>,
  log: TakeTold
): Promise<string | null> {
  const roomRef = zoomRoomRef(told.number)
  const roomEvents = (await log.load(roomRef)).events
  const room = zoomRoomOf(roomEvents)
  const link = linkOf(room.links.values(), told)
  const before = room.noted.get(webhookId)
  const step = `taken/${String(before?.times ?? 0)}`
  const sameLink = (history: AggregateHistory | undefined): void => {
    const now = linkOf(zoomRoomOf(history?.events ?? []).links.values(), told)
    if (now?.bookingUri === link?.bookingUri && now?.startsAt === link?.startsAt) return
    throw new TransientError('MEETINGS_ZOOM_ROOM_CHANGED', 'Another booking under this number became known meanwhile', {
      countsAsAttempt: false
    })
  }
  if (link === null) {
    await log.transact({
      step,
      load: [roomRef],
      decide: ([history]) => {
        sameLink(history)
        return before === undefined ? [noteOf(told, webhookId, null), unknownMeeting(webhookId)] : []
      }
    })
    return null
  }
  const { personId } = link
  const meetingId = standingId(agendaOf((await log.load(agendaRef(personId))).events), link.meetingId)
  const loaded = await loadMeeting((ref) => log.load(ref), meetingId)
  const absorbed = loaded?.absorbed ?? new Map<string, readonly RecordedEvent[]>()
  const noted = meetingOfNote(before)
  const isNoted = noted !== null && (noted.meetingId === meetingId || absorbed.has(noted.meetingId))
  const previous = isNoted ? null : noted
  await log.transact({
    step,
    load: [roomRef, meetingRef(meetingId), ...(previous === null ? [] : [meetingRef(previous.meetingId)])],
    decide: ([history, meeting]) => {
      sameLink(history)
      const whole = wholeHistory(meeting?.events ?? [], absorbed)
      const facts = decideFacts(whole, { meetingId, personId, webhookId }, told, own)
      return [
        ...(isNoted ? [] : [noteOf(told, webhookId, { meetingId, personId })]),
        ...facts,
        ...(previous === null
          ? []
          : [
              newEvent(MeetingInstanceMoved, previous.meetingId, {
                ...previous,
                uuid: uuidOf(told),
                toMeetingId: meetingId
              })
            ]),
        ...(facts.length > 0 || before !== undefined ? [] : [nothingNew(webhookId)])
      ]
    }
  })
  return meetingId
}

interface OfMeeting {
  readonly meetingId: string
  readonly personId: string
}

/** Null where the webhook was noted as waiting, or never. */
function meetingOfNote(note: NotedWebhook | undefined): OfMeeting | null {
  const { meetingId = null, personId = null } = note ?? {}
  return meetingId === null || personId === null ? null : { meetingId, personId }
}

function noteOf(told: ToldOfMeeting, webhookId: string, meeting: OfMeeting | null): NewEvent {
  const roomId = zoomRoomId(told.number)
  return newEvent(ZoomWebhookNoted, roomId, {
    roomId,
    webhookId,
    uuid: uuidOf(told),
    startedAt: told.startedAt,
    meetingId: meeting?.meetingId ?? null,
    personId: meeting?.personId ?? null
  })
}

function unknownMeeting(webhookId: string): NewEvent {
  return newEvent(WebhookIgnored, webhookId, {
    webhookId,
    reason: 'zoom-meeting-unknown',
    detail: 'No booking under this meeting number is known. Should one become known, this is taken up'
  })
}

function nothingNew(webhookId: string): NewEvent {
  return newEvent(WebhookIgnored, webhookId, {
    webhookId,
    reason: 'nothing-new',
    detail: 'The same is recorded of the meeting already, or is what was agreed'
  })
}
