import { crmWrites } from './crm-writes/crm-writes.projection.ts'
import { deadLetters } from './dead-letters/dead-letters.projection.ts'
import { failedAttempts } from './dead-letters/failed-attempts.projection.ts'
import { eventIndex } from './events/event-index.projection.ts'
import { leads } from './leads/leads.projection.ts'
import { meetings } from './meetings/meetings.projection.ts'
import { receivedEvents } from './received-events/received-events.projection.ts'
import { reconciliations } from './reconciliations/reconciliations.projection.ts'
import { timeline } from './timeline/timeline.projection.ts'

/** The read models that people and programs look at. */
export const gatewayProjections = [
  receivedEvents,
  crmWrites,
  leads,
  meetings,
  timeline,
  deadLetters,
  failedAttempts,
  eventIndex,
  reconciliations
]
