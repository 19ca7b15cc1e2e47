import {
  AgendaEntryAdded,
  MeetingHeld,
  MeetingReportUpdated,
  newEvent,
  WebhookIgnored,
  type NewEvent
} from '@leadlog/contracts'
import { matchAgenda, type Agenda } from './agenda.ts'
import type { Delivery } from './decide-booking.ts'
import { mergeEvents } from './merge-events.ts'
import type { SessionReport } from './session-report.ts'

/**
 * What the report of a held meeting adds to the log. The same report again changes nothing; another content of the
 * same session replaces the earlier one. Pure.
 */
export function decideSession(agenda: Agenda, delivery: Delivery, report: SessionReport): readonly NewEvent[] {
  const query = {
    kind: 'session' as const,
    key: report.sessionId,
    linkedKeys: [],
    startsAt: report.startedAt,
    platformMeetingId: report.platformMeetingId
  }
  const match = matchAgenda(agenda, query)
  if (match.known?.contentDigest === report.contentDigest) {
    return [
      ignored(delivery.webhookId, 'report-already-recorded', 'The same report of this meeting is recorded already')
    ]
  }
  const { customer, participants, actionItems, keyQuestions, topics, transcript, ...rest } = report
  return [
    ...mergeEvents(agenda, delivery.personId, match),
    newEvent(match.known ? MeetingReportUpdated : MeetingHeld, match.meetingId, {
      ...rest,
      meetingId: match.meetingId,
      personId: delivery.personId,
      customer,
      participants: [...participants],
      actionItems: [...actionItems],
      keyQuestions: [...keyQuestions],
      topics: [...topics],
      transcript: [...transcript]
    }),
    newEvent(AgendaEntryAdded, delivery.personId, {
      personId: delivery.personId,
      meetingId: match.meetingId,
      kind: 'session',
      key: report.sessionId,
      linkedKeys: [],
      mergedMeetingIds: [...match.mergedMeetingIds],
      startsAt: report.startedAt,
      platformMeetingId: report.platformMeetingId,
      contentDigest: report.contentDigest
    })
  ]
}

/** A webhook that was understood and changes nothing. */
export function ignored(webhookId: string, reason: string, detail: string): NewEvent {
  return newEvent(WebhookIgnored, webhookId, { webhookId, reason, detail })
}
