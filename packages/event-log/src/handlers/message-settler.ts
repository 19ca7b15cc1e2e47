import { causeOf, type Cause } from '../append/cause.ts'
import { bindLogger } from '../bind-logger.ts'
import type { EventLog } from '../event-log.ts'
import type { Logger } from '../logger.ts'
import type { HandledOutcome } from '../metrics.ts'
import { saveCounts, type AttemptCounts } from './attempt-counts.ts'
import {
  causeOfFailure,
  recordAttemptDeferred,
  recordAttemptFailed,
  recordDeadLetter,
  type FailedMessage
} from './failure-records.ts'
import type { GivenUp } from './handler-spec.ts'
import type { Outcome } from './outcome.ts'

type GivenUpOutcome = Outcome & { readonly kind: 'dead-letter' }

/** Pause before a message is tried again whose dead letter could not be recorded. */
const RECORD_FAILED_PAUSE_MS = 5_000

/**
 * Carries out what was decided for a message: records a failure first, then answers the server, then writes the one
 * closing line. A crash in between repeats the message, never loses it.
 */
export async function settleMessage(
  log: EventLog,
  failed: FailedMessage,
  outcome: Outcome,
  counts: AttemptCounts,
  startedAt: number,
  onGiveUp?: (given: GivenUp) => Promise<void>
): Promise<HandledOutcome> {
  const settled = await carryOut(log, failed, outcome, counts, onGiveUp)
  const { service, handler, message, event } = failed
  const durationMs = Math.round(performance.now() - startedAt)
  const type = event?.type ?? message.eventType
  log.metrics.onHandled?.({ service, handler, type, outcome: settled, durationMs })
  const fields = {
    ...messageFields(failed),
    attempt: counts.used + 1,
    deliveries: message.attempt,
    outcome: settled,
    durationMs,
    ...(outcome.kind === 'ack' ? {} : { code: outcome.code, reason: outcome.message }),
    ...(outcome.kind === 'retry' || outcome.kind === 'defer' ? { delayMs: outcome.delayMs } : {})
  }
  if (outcome.kind === 'ack') log.logger.info(fields, 'message handled')
  else if (outcome.kind === 'defer') log.logger.warn(fields, 'message waits')
  else if (outcome.kind === 'retry') log.logger.warn(fields, 'message will be tried again')
  else log.logger.error(fields, 'message became a dead letter')
  return settled
}

/** The logger that a handler gets: every line names the message. */
export function messageLogger(log: EventLog, failed: FailedMessage): Logger {
  return bindLogger(log.logger, messageFields(failed))
}

async function carryOut(
  log: EventLog,
  failed: FailedMessage,
  outcome: Outcome,
  counts: AttemptCounts,
  onGiveUp?: (given: GivenUp) => Promise<void>
): Promise<HandledOutcome> {
  const { message } = failed
  const attempt = counts.used + 1
  switch (outcome.kind) {
    case 'ack':
      message.ack()
      return 'ack'
    case 'retry':
      await noteAttempt(log, failed, { ...outcome, attempt }, counts)
      message.nak(outcome.delayMs)
      return 'retry'
    case 'defer':
      await noteDeferral(log, failed, { ...outcome, attempt }, counts)
      message.nak(outcome.delayMs)
      return 'defer'
    case 'dead-letter':
      try {
        await onGiveUp?.(givenUp(log, failed, outcome))
        await recordDeadLetter(log, failed, { ...outcome, attempt })
      } catch (error) {
        log.logger.error({ ...messageFields(failed), err: error }, 'dead letter could not be recorded, trying again')
        message.nak(RECORD_FAILED_PAUSE_MS)
        return 'retry'
      }
      message.terminate(outcome.code)
      return 'dead-letter'
  }
}

function givenUp(log: EventLog, failed: FailedMessage, { code, message: why }: GivenUpOutcome): GivenUp {
  const { message, event } = failed
  const subject = log.naming.logicalSubject(message.subject)
  return { eventId: message.eventId, subject, event, cause: causeOfFailure(failed), code, message: why }
}

/** Where the attempt cannot be counted or recorded, the message is tried again all the same: once too often at worst. */
async function noteAttempt(
  log: EventLog,
  failed: FailedMessage,
  outcome: Outcome & { kind: 'retry' } & { attempt: number },
  counts: AttemptCounts
): Promise<void> {
  try {
    await saveCounts(log, failed, { ...counts, used: outcome.attempt })
    await recordAttemptFailed(log, failed, {
      attempt: outcome.attempt,
      code: outcome.code ?? 'RETRY_REQUESTED',
      message: outcome.message ?? 'the handler asked for another attempt',
      nextAttemptAt: new Date(Date.now() + outcome.delayMs)
    })
  } catch (error) {
    log.logger.warn({ ...messageFields(failed), err: error }, 'failed attempt could not be recorded')
  }
}

/** The reason is recorded before it is counted as recorded: a crash in between repeats it under the same id. */
async function noteDeferral(
  log: EventLog,
  failed: FailedMessage,
  outcome: Outcome & { kind: 'defer' } & { attempt: number },
  counts: AttemptCounts
): Promise<void> {
  const { attempt, code, message, delayMs } = outcome
  const now = Date.now()
  try {
    if (!counts.reasons.includes(code)) {
      await recordAttemptDeferred(log, failed, { attempt, code, message, nextAttemptAt: new Date(now + delayMs) })
    }
    await saveCounts(log, failed, {
      used: counts.used,
      deferred: counts.deferred + 1,
      waitingSince: counts.waitingSince ?? new Date(now).toISOString(),
      reasons: [...new Set([...counts.reasons, code])]
    })
  } catch (error) {
    log.logger.warn({ ...messageFields(failed), err: error }, 'deferral could not be recorded')
  }
}

/** The logger is the service's own and names it already. */
function messageFields({ handler, message, event }: FailedMessage): object {
  const cause: Cause | null = event ? causeOf(event) : null
  return {
    handler,
    eventId: event?.id ?? message.eventId,
    eventType: event?.type ?? message.eventType,
    sequence: message.sequence,
    correlationId: cause?.correlationId ?? null
  }
}
