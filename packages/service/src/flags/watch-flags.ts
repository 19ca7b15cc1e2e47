import type { FlagName } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Logger } from '../logger.ts'
import { flagRef, isFlagOn } from './flag-state.ts'

/** How the flags of a service stand. Asking costs nothing: it was looked before. */
export interface Flags {
  isOn(flag: FlagName): boolean
}

/** {@link Flags}, kept up to date. */
export interface FlagWatch extends Flags {
  /** Calls back whenever any of the flags stands differently than before. */
  readonly onSwitch: (listener: () => void) => void
  stop(): Promise<void>
}

/** With the round trip well below the second within which a switch holds. */
const LOOK_EVERY_MS = 250

/**
 * Looks at the flags in the log again and again, in one round trip each. The first look is over when this resolves, so
 * that a process never begins by a state that was replaced. While the log is away flags stay as they were: without it
 * nothing is handled either.
 *
 * @throws TransientError EVENT_LOG_UNAVAILABLE where the first look fails
 */
export async function watchFlags(
  log: Pick<EventLog, 'load'>,
  names: readonly FlagName[],
  logger: Logger
): Promise<FlagWatch> {
  const off = new Set<FlagName>()
  const listeners: (() => void)[] = []
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    const states = await Promise.all(names.map(async (name) => isFlagOn((await log.load(flagRef(name))).events)))
    const switched = names.filter((name, at) => off.has(name) === states[at])
    for (const name of switched) {
      if (!off.delete(name)) off.add(name)
      logger.warn({ flag: name, on: !off.has(name) }, 'a flag stands differently')
    }
    if (switched.length > 0) for (const listener of listeners) listener()
  }
  const lookAgain = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => logger.debug({ err: error }, 'flags cannot be looked at now'))
        .finally(lookAgain)
    }, LOOK_EVERY_MS)
    timer.unref()
  }

  let looking = Promise.resolve()
  if (names.length > 0) {
    await look()
    lookAgain()
  }
  return {
    isOn: (flag) => !off.has(flag),
    onSwitch: (listener) => void listeners.push(listener),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
    }
  }
}
