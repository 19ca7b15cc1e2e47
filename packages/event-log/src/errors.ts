import { PermanentError, TransientError } from '@leadlog/contracts'

/** Codes of the errors that this package throws; README.md says what to do about each. */
export const eventLogErrors = {
  unavailable: 'EVENT_LOG_UNAVAILABLE',
  full: 'EVENT_LOG_FULL',
  contention: 'EVENT_LOG_CONTENTION',
  connectFailed: 'EVENT_LOG_CONNECT_FAILED',
  serverTooOld: 'EVENT_LOG_SERVER_TOO_OLD',
  streamDrift: 'EVENT_LOG_STREAM_DRIFT',
  eventInvalid: 'EVENT_LOG_EVENT_INVALID',
  eventUnreadable: 'EVENT_LOG_EVENT_UNREADABLE',
  cipherMissing: 'EVENT_LOG_CIPHER_MISSING',
  transactionTooLarge: 'EVENT_LOG_TRANSACTION_TOO_LARGE',
  commandKeyReused: 'EVENT_LOG_COMMAND_KEY_REUSED',
  messageRefused: 'EVENT_LOG_MESSAGE_REFUSED'
} as const

/** The log could not be reached, or did not answer in time: whether the message was stored is unknown or known to be no. */
export function unavailable(message: string, cause?: unknown): TransientError {
  return new TransientError(eventLogErrors.unavailable, message, { cause, countsAsAttempt: false })
}

/** The server has no room, or the account may use no more: nothing was stored, and nothing will be until somebody makes room. */
export function full(message: string): TransientError {
  return new TransientError(eventLogErrors.full, message, { countsAsAttempt: false })
}

/** A message that the server's `max_payload` does not let through. */
export function messageTooLarge(id: string, bytes: number, limit: number): PermanentError {
  return new PermanentError(
    eventLogErrors.messageRefused,
    `Message ${id} has ${bytes} bytes; the server takes ${limit}. Raise max_payload of nats-server to 2 MB`
  )
}

/** A stored message that cannot be turned into an event, now or later. */
export function unreadable(stream: string, sequence: number, why: string, cause?: unknown): PermanentError {
  return new PermanentError(
    eventLogErrors.eventUnreadable,
    `Message ${sequence} of ${stream} cannot be read: ${why}. It is kept as it stands for an operator to look at`,
    { cause }
  )
}

export function isUnreadable(error: unknown): error is PermanentError {
  return error instanceof PermanentError && error.code === eventLogErrors.eventUnreadable
}
