import { PayloadRevealed, TransientError, type Actor } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { HttpProblem } from '@leadlog/service'
import { openPayload, type PayloadSource } from '../events/read-payload.ts'
import type { DeadLetterDetail, DeadLetterWithPayload } from './dead-letter.schema.ts'

/** Where it is noted that somebody looked at personal data. */
export type RevealLog = Pick<EventLog, 'record'>

/** The dead letter with the message that it is about, as it stands in its stream. */
export async function withPayload(
  letter: DeadLetterDetail,
  source: PayloadSource,
  personal: boolean
): Promise<DeadLetterWithPayload> {
  try {
    const message = await source.log.get(letter.stream, letter.sequence)
    if (message === null) return { ...letter, payload: null, payloadMissing: 'gone' }
    return { ...letter, payload: await openPayload(message, source, personal), payloadMissing: null }
  } catch (error) {
    if (error instanceof TransientError && personal) throw payloadsAway(error)
    return { ...letter, payload: null, payloadMissing: error instanceof TransientError ? 'unavailable' : 'unreadable' }
  }
}

/** Notes the look before anything is shown. @throws HttpProblem 503 PAYLOADS_UNAVAILABLE: then nothing is shown */
export async function noteReveal(
  log: RevealLog,
  letter: DeadLetterDetail,
  { id, actor }: { readonly id: string; readonly actor: Actor }
): Promise<void> {
  const { service, handler } = letter
  try {
    await log.record({
      stream: 'DEAD_LETTERS',
      subject: `dead.${service}.${handler}.${letter.id}.revealed`,
      id,
      definition: PayloadRevealed,
      aggregateId: letter.id,
      data: { deadLetterId: letter.id, eventId: letter.eventId ?? '' },
      actor,
      cause: { id: letter.id, correlationId: letter.receivedEventId }
    })
  } catch (error) {
    throw error instanceof TransientError ? payloadsAway(error) : error
  }
}

function payloadsAway(cause: Error): HttpProblem {
  const detail = 'The log cannot be reached, so the payload cannot be shown. Try again'
  return new HttpProblem(503, 'PAYLOADS_UNAVAILABLE', detail, { retryAfterSeconds: 1, cause })
}
