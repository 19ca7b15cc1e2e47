import { setTimeout as delay } from 'node:timers/promises'
import { CallTransferProgressed, CallTransferRequested, derivedId, isEvent, type EventSource } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { TelephonyDeps } from '../deps.ts'
import { followTransfer } from './follow-transfer.ts'
import { isClosed } from './transfer.ts'

/** How long a caller may wait unseen where Twilio's news of them got lost. */
const LOOK_EVERY_MS = 3_000
/** Once the caller talks to somebody. */
const LOOK_AGAIN_MS = 20_000
/** Nobody talks for longer. */
const LOOK_BACK_MS = 86_400_000
const AT_ONCE = 4
const BATCH = { maxEvents: 500, maxWaitMs: 20 }
const SUBJECTS = ['evt.telephony.call.>']

/**
 * Looks at the transfers that are under way, whether there is news of them or not: also after a restart no caller stays alone. Every
 * process looks; what follows is done once.
 *
 * @returns stops looking
 */
export function watchTransfers(
  log: EventSource & Pick<EventLog, 'sequenceAt'>,
  deps: TelephonyDeps
): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  /** When each is looked at next, by the id of the caller's call. */
  const dueAt = new Map<string, number>()
  const now = (): number => deps.clock.now().getTime()

  const follow = async (): Promise<void> => {
    const fromSequence = await log.sequenceAt('EVENTS', new Date(now() - LOOK_BACK_MS))
    const request = { stream: 'EVENTS' as const, fromSequence, subjects: SUBJECTS, ...BATCH, signal }
    for await (const { events } of log.batches(request)) {
      for (const event of events) {
        if (isEvent(event, CallTransferRequested)) dueAt.set(event.data.callId, now() + LOOK_EVERY_MS)
        else if (isEvent(event, CallTransferProgressed) && isClosed(event.data)) dueAt.delete(event.data.callId)
      }
    }
  }

  const look = async (callId: string): Promise<void> => {
    try {
      const how = await followTransfer(callId, {
        deps,
        load: (ref) => deps.log.load(ref),
        takeDown: (step, load, decide) =>
          deps.log.transact({
            cause: { id: derivedId('transfer-watched', callId, step), correlationId: callId },
            handler: 'telephony-watch-transfers',
            actor: 'service:telephony',
            load,
            decide
          })
      })
      if (how === 'closed') dueAt.delete(callId)
      else dueAt.set(callId, now() + (how === 'settled' ? LOOK_AGAIN_MS : LOOK_EVERY_MS))
    } catch (error) {
      dueAt.set(callId, now() + LOOK_EVERY_MS)
      deps.logger.warn({ err: error, callId }, 'a transfer could not be looked at: it is tried again')
    }
  }

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const due = [...dueAt].filter(([, at]) => at <= now()).sort(([, a], [, b]) => a - b)
      await Promise.all(due.slice(0, AT_ONCE).map(([callId]) => look(callId)))
      await delay(LOOK_EVERY_MS / 6, undefined, { signal }).catch(() => undefined)
    }
  }

  const following = follow().catch((error: unknown) => {
    if (!signal.aborted) deps.logger.error({ err: error }, 'transfers are not watched any more')
  })
  const looping = loop()
  return async () => {
    stopping.abort()
    await Promise.all([following, looping])
  }
}
