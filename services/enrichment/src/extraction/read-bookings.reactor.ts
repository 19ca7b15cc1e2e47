import { createHash } from 'node:crypto'
import {
  ExtractionRejected,
  ExtractionSkipped,
  ExtractionStarted,
  LeadIntelExtracted,
  MeetingBooked,
  MeetingRescheduled,
  newEvent
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { bookingText } from '../lead-intel/booking-text.ts'
import type { EnrichmentDeps } from '../deps.ts'
import { extractionIdOf, type Reading } from './extraction.ts'
import { readOnce } from './read-once.ts'

/** Model calls at once in one process; the vendor's budget is the real limit. */
const READINGS_AT_ONCE = 8

/** Bookings → lead intelligence. The answers that a reschedule repeats are read once. */
export const readBookings = defineReactor({
  name: 'read-bookings',
  on: [MeetingBooked, MeetingRescheduled],
  emits: [ExtractionStarted, LeadIntelExtracted, ExtractionRejected, ExtractionSkipped],
  concurrency: READINGS_AT_ONCE,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, deps: EnrichmentDeps, context) => {
    const { personId, meetingId, bookedAt } = event.data
    const digest = createHash('sha256').update(bookingText(event.data)).digest('hex')
    const reading: Reading = {
      extractionId: extractionIdOf(personId, 'lead-intel', digest),
      kind: 'lead-intel',
      personId,
      meetingId,
      observedAt: bookedAt
    }
    await readOnce(reading, null, deps, context, async () => {
      const { value, call } = await deps.extractor.leadIntel(event.data, context.signal)
      return newEvent(LeadIntelExtracted, reading.extractionId, { ...reading, intel: value, call })
    })
  }
})
