import type { EventLog } from '@leadlog/event-log'
import type { EffectLedger } from '@leadlog/outbound'
import type { BookingFacts } from '../meeting/meeting.ts'
import type { ZoomAccess } from '../zoom/zoom-access.ts'

/** What keeping rooms needs. */
export interface RoomDeps {
  readonly access: ZoomAccess
  readonly effects: EffectLedger
  readonly isWanted: (booking: BookingFacts) => boolean
  readonly schedule: EventLog['schedule']
  /** Nothing is done at the platform; that is recorded. */
  readonly dryRun: boolean
}
