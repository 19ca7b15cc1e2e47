import { ExtractionRejected, ExtractionSkipped, ExtractionStarted, LeadIntelExtracted } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { ReadingDeps } from '../deps.ts'
import { readBooking } from './read.ts'
import { bookingEvents, bookingReading } from './reading-of.ts'
import { readOnce } from './read-once.ts'

/** Model calls at once in one process; the vendor's budget is the real limit. */
const READINGS_AT_ONCE = 8

/** Bookings → lead intelligence. The answers that a reschedule repeats are read once. */
export const readBookings = defineReactor({
  name: 'read-bookings',
  on: bookingEvents,
  emits: [ExtractionStarted, LeadIntelExtracted, ExtractionRejected, ExtractionSkipped],
  concurrency: READINGS_AT_ONCE,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, deps: ReadingDeps, context) => {
    await readOnce(bookingReading(event), null, deps, context, () => readBooking(event, deps.extractor, context.signal))
  }
})
