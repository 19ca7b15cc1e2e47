/**
 * `FROZEN_EVENT_UNHANDLED` no handler takes the event; `FROZEN_PAYLOAD_GONE` its payload or its person's key is
 * destroyed; `FROZEN_NOT_REPRODUCIBLE` no handler does again what it did; `FROZEN_PERSONAL_DATA_LEFT` the check found
 * a personal value in what would be written; `FROZEN_FILE_INVALID` the file is not what it should be.
 */
export type FrozenErrorCode =
  | 'FROZEN_EVENT_UNHANDLED'
  | 'FROZEN_PAYLOAD_GONE'
  | 'FROZEN_NOT_REPRODUCIBLE'
  | 'FROZEN_PERSONAL_DATA_LEFT'
  | 'FROZEN_FILE_INVALID'

/** An event that cannot be frozen, or a frozen one that cannot be read; the message says what to do. */
export class FrozenError extends Error {
  override readonly name = 'FrozenError'
  readonly code: FrozenErrorCode

  constructor(code: FrozenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
