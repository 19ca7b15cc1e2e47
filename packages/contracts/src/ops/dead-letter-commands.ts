import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { Attempt } from './attempt.ts'
import { deadLetterRef } from './dead-letter-ref.ts'

const closed = {
  OPS_DEAD_LETTER_UNKNOWN: 'there is no such dead letter of this service at that place',
  OPS_DEAD_LETTER_CLOSED: 'it was resolved or discarded before'
}
const gone = {
  OPS_MESSAGE_GONE: 'the message is past the retention of its stream',
  OPS_HANDLER_UNKNOWN: 'the service has no handler of that name any more'
}
const off = {
  OPS_SWITCHED_OFF: 'what the handler does is switched off by a flag; it can be tried again when that is on'
}

/** Runs the message of a dead letter through its handler once more. */
export function retryDeadLetter(service: string) {
  return defineCommand({
    service,
    name: 'RetryDeadLetter',
    description: `Runs the message of a dead letter of ${service} through its handler once more. It is closed when that succeeds.`,
    data: Type.Object(deadLetterRef, { additionalProperties: false }),
    result: Attempt,
    refusals: { ...closed, ...gone, ...off, OPS_DEAD_LETTER_BUSY: 'others act on it just now' }
  })
}

/** Runs it with the outside replaced and without recording anything. */
export function simulateDeadLetter(service: string) {
  return defineCommand({
    service,
    name: 'SimulateDeadLetter',
    description: `Tries what the handler of ${service} would do with the message of a dead letter: nothing is sent and nothing recorded.`,
    data: Type.Object(deadLetterRef, { additionalProperties: false }),
    result: Attempt,
    refusals: { ...closed, ...gone, OPS_CANNOT_SIMULATE: 'the handler cannot be run without calling outside' }
  })
}

/** Closes it without handling it. */
export function discardDeadLetter(service: string) {
  return defineCommand({
    service,
    name: 'DiscardDeadLetter',
    description: `Closes a dead letter of ${service} without handling its message, for a reason that is kept.`,
    data: Type.Object(
      { ...deadLetterRef, reason: Type.String({ minLength: 1, maxLength: 300, description: 'free of personal data' }) },
      { additionalProperties: false }
    ),
    result: Type.Object({ discarded: Type.Boolean() }),
    refusals: { ...closed, OPS_DEAD_LETTER_BUSY: 'others act on it just now' }
  })
}
