import { PermanentError, TransientError, type RecordedEvent } from '@leadlog/contracts'
import { FrozenError } from '../errors.ts'
import type { FrozenConfiguration, FrozenEffect } from '../frozen-event.ts'
import type { FrozenHandler } from './frozen-handlers.ts'
import { createMemoryLog } from './memory-log.ts'
import { outsideOf } from './outside.ts'

export interface HandleAgain {
  readonly handler: FrozenHandler
  readonly event: RecordedEvent
  readonly body: string | null
  readonly persons: Readonly<Record<string, string>>
  readonly configuration: FrozenConfiguration
  /** An aggregate's events as the handler knew them. */
  readonly history: (subject: string) => Promise<readonly RecordedEvent[]>
  /** What the handling did then: the outside world answers as it tells. */
  readonly recorded: readonly FrozenEffect[]
}

export interface HandledAgain {
  readonly effects: readonly FrozenEffect[]
  /** Code of the error that ended it. */
  readonly error: string | null
  readonly loaded: readonly string[]
}

/** More attempts than any event needs whose answers are all given. */
const MAX_ATTEMPTS = 20

/** Hands the event to the handler as it was handed then, again while it asks for it and answers are left. Calls nobody. */
export async function handleAgain(request: HandleAgain): Promise<HandledAgain> {
  const { handler, event, body, persons, configuration, history, recorded } = request
  const log = createMemoryLog(event, history)
  const outside = outsideOf(recorded)
  const ended = (error: string | null): HandledAgain => ({ effects: log.decided, error, loaded: [...log.loaded] })
  for (let attempt = 1; ; attempt++) {
    try {
      await handler.run(event, { configuration, persons, body, outside }, log.contextOf(attempt))
      return ended(null)
    } catch (error) {
      const again = error instanceof TransientError && outside.left() > 0 && attempt < MAX_ATTEMPTS
      if (!again) return ended(codeOf(error))
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof PermanentError || error instanceof TransientError || error instanceof FrozenError) {
    return error.code
  }
  throw error
}
