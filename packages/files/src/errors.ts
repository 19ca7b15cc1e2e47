import { PermanentError, TransientError } from '@leadlog/contracts'

/** The store did not answer, or answered that it cannot right now. */
export function storeUnavailable(what: string, cause: unknown): TransientError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new TransientError(
    'FILES_UNAVAILABLE',
    `The store of files cannot be reached (${what}): ${why}. Check that it answers`,
    { cause, countsAsAttempt: false }
  )
}

/** The store answered that it will not, now or later. */
export function storeRefused(what: string, status: number, code: string): PermanentError {
  return new PermanentError(
    'FILES_REFUSED',
    `The store of files refused ${what} with ${status} ${code}. Check FILES_S3_URL, the region and the rights of the key`
  )
}

export function fileUnknown(name: string): PermanentError {
  return new PermanentError('FILES_UNKNOWN', `There is no file ${name}: it was deleted, or never stored whole`)
}

/** A piece is missing, or is not the one that was stored here. */
export function fileTampered(name: string, piece: number): PermanentError {
  return new PermanentError(
    'FILES_TAMPERED',
    `Piece ${piece} of file ${name} is missing or was altered, moved or exchanged. Compare the store with its backup`
  )
}

export function fileErased(name: string): PermanentError {
  return new PermanentError('FILES_ERASED', `The key of file ${name} is destroyed: nobody can read it any more`)
}

export function fileTooLarge(limit: number): PermanentError {
  return new PermanentError(
    'FILES_TOO_LARGE',
    `The file has more than ${limit} bytes, which is the most that is stored`
  )
}

export function rangeInvalid(start: number, end: number, size: number): RangeError {
  return new RangeError(`The bytes ${start} to ${end} are not all in a file of ${size}`)
}
