import { Type, type Static } from '@sinclair/typebox'
import { Call } from '../calls/call.schema.ts'
import { callsOfLead, findCalls } from '../calls/calls.queries.ts'
import { CrmWrite } from '../crm-writes/crm-write.schema.ts'
import { findCrmWrites } from '../crm-writes/crm-writes.queries.ts'
import type { ReadDatabase } from '../database/database.ts'
import { Meeting } from '../meetings/meeting.schema.ts'
import { findMeetings } from '../meetings/meetings.queries.ts'
import { pageOf } from '../query/page.ts'
import { findTimeline } from '../timeline/timeline.queries.ts'
import { TimelineEntry } from '../timeline/timeline.schema.ts'

/** What a lead can be answered with, so that nobody asks once more for each. */
export const LEAD_EXPANSIONS = ['meetings', 'calls', 'crmWrites', 'timeline'] as const
export type LeadExpansion = (typeof LEAD_EXPANSIONS)[number]

/** The first page of each list that was asked for, as the list's own route gives it: its cursor goes on there. */
export const ExpandedLead = Type.Object(
  {
    meetings: Type.Optional(pageOf(Meeting)),
    calls: Type.Optional(pageOf(Call)),
    crmWrites: Type.Optional(pageOf(CrmWrite)),
    timeline: Type.Optional(pageOf(TimelineEntry))
  },
  { description: 'what `expand` asked for: the first 50 of each, the newest first' }
)
export type ExpandedLead = Static<typeof ExpandedLead>

const FIRST_PAGE = { limit: 50, cursor: undefined }

/** Reads what was asked for beside a lead that is there. */
export async function expandLead(
  db: ReadDatabase,
  leadId: string,
  wanted: readonly LeadExpansion[]
): Promise<ExpandedLead> {
  const expanded: ExpandedLead = {}
  if (wanted.includes('meetings')) {
    const all = { leadId, status: undefined, from: undefined, to: undefined }
    expanded.meetings = await findMeetings(db, all, '-startsAt', FIRST_PAGE)
  }
  if (wanted.includes('calls')) {
    expanded.calls = await findCalls(db, callsOfLead(leadId), '-startedAt', FIRST_PAGE)
  }
  if (wanted.includes('crmWrites')) {
    const all = { leadId, state: undefined, kind: undefined, receivedEventId: undefined }
    expanded.crmWrites = await findCrmWrites(db, all, '-queuedAt', FIRST_PAGE)
  }
  if (wanted.includes('timeline')) {
    expanded.timeline = (await findTimeline(db, leadId, { kind: undefined }, '-at', FIRST_PAGE)) ?? {
      data: [],
      nextCursor: null
    }
  }
  return expanded
}
