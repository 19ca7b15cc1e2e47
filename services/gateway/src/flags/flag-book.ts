import type { RecordedEvent } from '@leadlog/contracts'
import { flagRef, HttpProblem } from '@leadlog/service'
import type { AccessLog, Doing } from '../users/user-book.ts'
import { flagDecider, type SwitchFlag } from './flag.ts'

/**
 * The switches in the log. The gateway records them itself and asks no service: a capability can be switched off while
 * the service that has it is down, and is off before it comes up again.
 */
export interface FlagBook {
  /**
   * Switches it, once for each request.
   *
   * @throws HttpProblem 409 FLAG_SAME where it is so already
   */
  switch(command: SwitchFlag, doing: Doing): Promise<readonly RecordedEvent[]>
}

export function createFlagBook(log: AccessLog): FlagBook {
  return {
    async switch(command, { actor, requestId }) {
      const result = await log.transact({
        cause: { id: requestId, correlationId: requestId },
        handler: 'gateway-switch-flag',
        actor,
        load: [flagRef(command.flag)],
        decide: ([history]) =>
          flagDecider.decide(
            command,
            (history?.events ?? []).reduce(
              (state, event) => flagDecider.evolve(state, event),
              flagDecider.initialState()
            )
          )
      })
      if ('refusal' in result) throw new HttpProblem(409, result.refusal.code, result.refusal.message)
      return result.events
    }
  }
}
