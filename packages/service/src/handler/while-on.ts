import { setTimeout as delay } from 'node:timers/promises'
import type { RunningHandler } from '@leadlog/event-log'
import type { Logger } from '../logger.ts'

/** What was started and can be stopped. */
export type Stoppable = Pick<RunningHandler, 'stop'>

/** A switch that somebody else turns. */
export interface Switch {
  readonly isOn: () => boolean
  readonly onSwitch: (listener: () => void) => void
}

/** Pause before what could not be started or stopped is tried again. */
const TRY_AGAIN_MS = 500

/**
 * Runs a handler while its switch is on. Switched off it finishes what it has begun and gives the rest back, which uses
 * up no attempt; everything waits in its durable consumer, in order, until it is on again.
 *
 * @throws what the first start throws
 */
export async function runWhileOn(
  start: () => Promise<Stoppable>,
  { isOn, onSwitch }: Switch,
  logger: Logger
): Promise<Stoppable> {
  let running: Stoppable | null = isOn() ? await start() : null
  let stopped = false
  let turning = Promise.resolve()

  const turnOnce = async (): Promise<void> => {
    if (running === null) running = await start()
    else {
      await running.stop()
      running = null
    }
  }
  const turn = async (): Promise<void> => {
    while (!stopped && (running !== null) !== isOn()) {
      try {
        await turnOnce()
      } catch (error) {
        logger.warn({ err: error }, 'a handler could not be switched, trying again')
        await delay(TRY_AGAIN_MS)
      }
    }
  }
  onSwitch(() => {
    turning = turning.then(turn)
  })
  // It may have been switched while the handler started, when nobody listened.
  turning = turn()
  return {
    async stop(options) {
      stopped = true
      await turning
      await running?.stop(options)
    }
  }
}
