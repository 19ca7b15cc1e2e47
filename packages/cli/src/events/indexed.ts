import type { RecordedEvent } from '@leadlog/contracts'
import { eventIndex, type EventIndexRow } from '@leadlog/gateway/read-models'

/** The event as the gateway's index has it: summary and facts, free of personal data. */
export function indexed(event: RecordedEvent): EventIndexRow | null {
  return eventIndex.evolve(null, event, event.id)
}
