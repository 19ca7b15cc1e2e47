import {
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadMeetingRecorded,
  LeadStatusChanged
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { leadRef } from './lead-ref.ts'
import { leadFactOf, meetingEvents } from './meeting-event-fact.ts'
import { recordMeetingFact } from './record-meeting-fact.ts'

/** Facts about meetings → facts about the lead, and what follows from them. */
export const followMeetings = defineReactor({
  name: 'follow-meetings',
  on: meetingEvents,
  emits: [LeadCaptured, LeadMeetingRecorded, LeadDetailsChanged, LeadStatusChanged, LeadDemoDateChanged],
  concurrency: 16,
  orderKey: (event) => personOf(event.data),
  handle: async (event, _deps: unknown, context) => {
    const { personId } = event.data
    await context.execute({
      ref: leadRef(personId),
      decider: recordMeetingFact,
      command: { leadId: personId, personId, ...leadFactOf(event) }
    })
  }
})

/** One person's facts are taken one after another; two at once would only contend for the lead's history. */
function personOf(data: unknown): string {
  return (data as { personId: string }).personId
}
