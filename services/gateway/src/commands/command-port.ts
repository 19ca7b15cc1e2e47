import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'

/** What sending commands and asking for their outcome needs. */
export interface CommandPort {
  readonly log: Pick<EventLog, 'sendCommand' | 'awaitOutcome' | 'findCommand' | 'findOutcome'>
  readonly keyring: Pick<Keyring, 'personId'>
}
