import { PermanentError, TransientError } from '@leadlog/contracts'

/** The log's server did not answer in time; nothing is known about whether the request was carried out. */
export function unavailable(what: string, cause: unknown): TransientError {
  return new TransientError(
    'KEYRING_UNAVAILABLE',
    `The encryption keys cannot be reached (${what}). Keys already in use go on working; check that NATS answers.`,
    { cause, countsAsAttempt: false }
  )
}

export function tampered(keyId: string): PermanentError {
  return new PermanentError(
    'KEYRING_TAMPERED',
    `A value sealed under key ${keyId} does not belong here: it was altered or moved from another place. Compare it with a backup.`
  )
}

export function notSealed(): PermanentError {
  return new PermanentError(
    'KEYRING_SEALED_TEXT_INVALID',
    'This is not a sealed value: it should read enc1. followed by base64url. Check what wrote it.'
  )
}

export function keyUnknown(keyId: string): PermanentError {
  return new PermanentError(
    'KEYRING_KEY_UNKNOWN',
    `There is no key ${keyId}, nor a mark that it was destroyed. Restore the key bucket from its backup.`
  )
}

export function keyDestroyed(keyId: string): PermanentError {
  return new PermanentError(
    'KEYRING_KEY_DESTROYED',
    `Key ${keyId} was destroyed, so nothing new is sealed under it. If its owner came back, renew the key.`
  )
}

export function masterKeyRotated(): TransientError {
  return new TransientError(
    'KEYRING_MASTER_KEY_ROTATED',
    'The keys are wrapped by another master key than this process holds. Restart it with the new master key.'
  )
}

export function masterKeyWrong(): PermanentError {
  return new PermanentError(
    'KEYRING_MASTER_KEY_WRONG',
    'The master key is not the one that wraps the stored keys. Use the key the system was set up with; after a rotation, the new one.'
  )
}

export function masterKeyInvalid(): PermanentError {
  return new PermanentError(
    'KEYRING_MASTER_KEY_INVALID',
    'The master key must be 32 random bytes in base64. Make one with: openssl rand -base64 32'
  )
}
