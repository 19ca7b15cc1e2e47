import { causeOf, type Cause } from '../append/cause.ts'
import { bindLogger } from '../bind-logger.ts'
import type { EventLog } from '../event-log.ts'
import type { Logger } from '../logger.ts'
import type { HandledOutcome } from '../metrics.ts'
import { recordAttemptFailed, recordDeadLetter, type FailedMessage } from './failure-records.ts'
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
  startedAt: number,
  onGiveUp?: (given: GivenUp) => Promise<void>
): Promise<HandledOutcome> {
  const settled = await carryOut(log, failed, outcome, onGiveUp)
  const { service, handler, message, event } = failed
  const durationMs = Math.round(performance.now() - startedAt)
  const type = event?.type ?? message.eventType
  log.metrics.onHandled?.({ service, handler, type, outcome: settled, durationMs })
  const fields = {
    ...messageFields(failed),
    attempt: message.attempt,
    outcome: settled,
    durationMs,
    ...(outcome.kind === 'ack' ? {} : { code: outcome.code, reason: outcome.message }),
    ...(outcome.kind === 'retry' ? { delayMs: outcome.delayMs } : {})
  }
  if (outcome.kind === 'ack') log.logger.info(fields, 'message handled')
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
  onGiveUp?: (given: GivenUp) => Promise<void>
): Promise<HandledOutcome> {
  const { message } = failed
  switch (outcome.kind) {
    case 'ack':
      message.ack()
      return 'ack'
    case 'retry':
      await noteAttempt(log, failed, outcome)
      message.nak(outcome.delayMs)
      return 'retry'
    case 'dead-letter':
      try {
        await onGiveUp?.(givenUp(log, failed, outcome))
        await recordDeadLetter(log, failed, outcome)
      } catch (error) {
        log.logger.error({ ...messageFields(failed), err: error }, 'dead letter could not be recorded, trying again')
        message.nak(RECORD_FAILED_PAUSE_MS)
        return 'retry'
      }
      message.terminate(outcome.code)
      return 'dead-letter'
  }
}

function givenUp(log: EventLog, { message, event }: FailedMessage, { code, message: why }: GivenUpOutcome): GivenUp {
  const { eventId } = message
  return { eventId, subject: log.naming.logicalSubject(message.subject), event, code, message: why }
}

/** The record of an attempt is for people; without it the message is tried again all the same. */
async function noteAttempt(log: EventLog, failed: FailedMessage, outcome: Outcome & { kind: 'retry' }): Promise<void> {
  try {
    await recordAttemptFailed(log, failed, {
      code: outcome.code ?? 'RETRY_REQUESTED',
      message: outcome.message ?? 'the handler asked for another attempt',
      nextAttemptAt: new Date(Date.now() + outcome.delayMs)
    })
  } catch (error) {
    log.logger.warn({ ...messageFields(failed), err: error }, 'failed attempt could not be recorded')
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
