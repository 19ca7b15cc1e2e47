import { setTimeout as delay } from 'node:timers/promises'

/** Far above what any fact takes on a busy two-core machine; reached only when it never comes true. */
const DEFAULT_WITHIN_MS = 60_000
const DEFAULT_EVERY_MS = 25

export interface EventuallyOptions {
  /** Milliseconds after which the fact is taken never to come true. Default 60,000. */
  within?: number
  /** Milliseconds between two looks. Default 25. */
  every?: number
  /** What is waited for, in the failure's message. */
  describe?: string
}

/**
 * Looks at a fact until it is there: until `look` neither throws nor returns false, null or undefined. Resolves with
 * what it returned; rejects with the last thing seen.
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  options: EventuallyOptions = {}
): Promise<Exclude<Awaited<T>, false | null | undefined>> {
  const { within = DEFAULT_WITHIN_MS, every = DEFAULT_EVERY_MS, describe = 'the expected fact' } = options
  const deadline = performance.now() + within
  for (;;) {
    const seen = await attempt(look)
    if (seen.ok) return seen.value as Exclude<Awaited<T>, false | null | undefined>
    if (performance.now() > deadline) {
      throw new Error(`${describe} did not come within ${String(within)} ms; ${seen.reason}`, { cause: seen.cause })
    }
    await delay(every)
  }
}

type Seen = { ok: true; value: unknown } | { ok: false; reason: string; cause?: unknown }

async function attempt(look: () => unknown): Promise<Seen> {
  try {
    const value: unknown = await look()
    if (value === false || value === null || value === undefined) {
      return { ok: false, reason: `last seen: ${String(value)}` }
    }
    return { ok: true, value }
  } catch (error) {
    return { ok: false, reason: `last error: ${error instanceof Error ? error.message : String(error)}`, cause: error }
  }
}
