import { isDeepStrictEqual } from 'node:util'
import type { RecordedEvent } from '@leadlog/contracts'
import type { FrozenEffect, FrozenEvent, FrozenHandling } from '../frozen-event.ts'
import { frozenHandlers } from './frozen-handlers.ts'
import { handleAgain, type HandledAgain } from './handle-again.ts'

/** How one handler did when the event was handled again. */
export interface Replayed {
  readonly service: string
  readonly handler: string
  readonly frozen: Pick<FrozenHandling, 'effects' | 'error'>
  /** Null where the handler is gone. */
  readonly now: Pick<HandledAgain, 'effects' | 'error'> | null
  readonly same: boolean
}

/** Hands a frozen event to the handlers of this release and compares what they decide with what was decided then. */
export async function replayFrozen(frozen: FrozenEvent): Promise<Replayed[]> {
  return Promise.all(
    frozen.handlings.map(async (handling): Promise<Replayed> => {
      const { service, handler, effects, error } = handling
      const now = await handleFrozen(frozen, handling)
      const same = now !== null && now.error === error && isSame(effects, now.effects)
      return { service, handler, frozen: { effects, error }, now, same }
    })
  )
}

/** Null where this release has no such handler. */
export async function handleFrozen(frozen: FrozenEvent, handling: FrozenHandling): Promise<HandledAgain | null> {
  const handler = frozenHandlers.find(({ service, name }) => service === handling.service && name === handling.handler)
  if (!handler) return null
  return handleAgain({
    handler,
    event: frozen.event as RecordedEvent,
    body: frozen.body,
    persons: frozen.persons,
    configuration: frozen.configuration,
    history: async (subject) => {
      const through = handling.asOf[subject] ?? 0
      return (frozen.histories[subject] ?? []).filter(({ sequence }) => sequence <= through) as RecordedEvent[]
    },
    recorded: handling.effects
  })
}

/** The same events in the same order. Key order and absent values are no difference: JSON knows neither. */
export function isSame(a: readonly FrozenEffect[], b: readonly FrozenEffect[]): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))
}
