import { defineEvent, derivedId } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { EventLog } from '../event-log.ts'
import { causeOfFailure, type FailedMessage } from './failure-records.ts'

/** What became of the deliveries of a message that were told of; the others ended with a crash or a stop. */
const Counts = Type.Object({
  /** Deliveries that used up an attempt. */
  used: Type.Integer({ minimum: 0 }),
  /** Deliveries that were put off, or given back by a process that stopped. */
  deferred: Type.Integer({ minimum: 0 }),
  /** When it was put off for the first time; null for never. */
  waitingSince: Type.Union([Type.String(), Type.Null()]),
  /** Codes that were recorded as a reason for waiting. */
  reasons: Type.Array(Type.String())
})
export type AttemptCounts = Static<typeof Counts>

export const noAttempts: AttemptCounts = { used: 0, deferred: 0, waitingSince: null, reasons: [] }

/** Bookkeeping of this package: the newest for each message that failed stands in ATTEMPTS. */
const AttemptsCounted = defineEvent({
  type: 'ops.AttemptsCounted.v1',
  aggregate: 'attempts',
  description: 'How many attempts a message has used up, and how often it was put off.',
  data: Counts
})

/** The counts before this delivery. Only a message that came before has any. */
export async function loadCounts(log: EventLog, failed: FailedMessage): Promise<AttemptCounts> {
  if (failed.message.attempt === 1) return noAttempts
  const found = await log.getLast('ATTEMPTS', countsSubject(failed))
  return (found?.data as AttemptCounts | undefined) ?? noAttempts
}

export async function saveCounts(log: EventLog, failed: FailedMessage, counts: AttemptCounts): Promise<void> {
  const { service, handler, stream, message } = failed
  const place = [service, handler, stream, String(message.sequence)]
  await log.record({
    stream: 'ATTEMPTS',
    subject: countsSubject(failed),
    id: derivedId('attempts-counted', ...place, String(message.attempt)),
    definition: AttemptsCounted,
    aggregateId: derivedId('attempts', ...place),
    data: counts,
    actor: `service:${service}`,
    cause: causeOfFailure(failed)
  })
}

/**
 * Tells a message that a stopping process gives back from one whose process crashed. For a first delivery, and where
 * the log is away, it is not worth a word: a few are allowed.
 */
export async function noteGivenBack(log: EventLog, failed: FailedMessage): Promise<void> {
  if (failed.message.attempt === 1 || !log.watch.online) return
  try {
    const counts = await loadCounts(log, failed)
    await saveCounts(log, failed, { ...counts, deferred: counts.deferred + 1 })
  } catch {
    return
  }
}

function countsSubject({ service, handler, stream, message }: FailedMessage): string {
  return `attempts.${service}.${handler}.${stream}.${message.sequence}`
}
