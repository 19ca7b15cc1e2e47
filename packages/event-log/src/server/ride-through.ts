import { setTimeout as delay } from 'node:timers/promises'
import { TransientError } from '@leadlog/contracts'
import { eventLogErrors } from '../errors.ts'
import type { ConnectionWatch } from './connection-watch.ts'

/** A restart of the server, or the election of a new leader, takes a few seconds; a message's next attempt a minute. */
const RIDE_THROUGH_MS = 10_000

/** How often to try while the connection is up but the server not ready. */
const PAUSE_MS = 100

/**
 * Does the work again while the log is away for a moment. Only for work that changes nothing when it is done twice.
 *
 * @throws the last error, when the log stays away
 */
export async function rideThrough<T>(watch: ConnectionWatch, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + RIDE_THROUGH_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const away = error instanceof TransientError && error.code === eventLogErrors.unavailable
      if (!away || watch.closed || performance.now() >= deadline) throw error
      await delay(PAUSE_MS)
      if (!watch.online) await onlineWithin(watch, deadline - performance.now())
    }
  }
}

async function onlineWithin(watch: ConnectionWatch, timeoutMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.max(0, timeoutMs))
  const unwatch = watch.onChange(() => resolve())
  await promise
  clearTimeout(timer)
  unwatch()
}
