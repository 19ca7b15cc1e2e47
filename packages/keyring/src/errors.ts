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

/** Names keys by fingerprint, which gives nothing of them away. */
export function masterKeyWrong(found: {
  held: readonly string[]
  stored: string
  bucket: string
  readFrom?: string | undefined
}): PermanentError {
  const { held, stored, bucket, readFrom = 'LEADLOG_MASTER_KEY' } = found
  return new PermanentError(
    'KEYRING_MASTER_KEY_WRONG',
    `The master key does not belong to this system: ${readFrom} has fingerprint ${held.join(', ')}, and the keys in the ` +
      `bucket ${bucket} of NATS are wrapped by the one with fingerprint ${stored}. Nothing was written. Use that key ` +
      '(after a rotation, the new one), or the NATS_URL and NATS_PREFIX of the system that this key is of; see ' +
      'docs/runbooks/master-key-wrong.md'
  )
}

/** The entry that all ids of persons depend on is marked as destroyed, which no part of Leadlog does. */
export function rootDestroyed(bucket: string): PermanentError {
  return new PermanentError(
    'KEYRING_ROOT_DESTROYED',
    `The root entry of the bucket ${bucket} was destroyed by hand. Restore the bucket from its backup; see docs/runbooks/restore-a-service.md`
  )
}

export function masterKeyInvalid(): PermanentError {
  return new PermanentError(
    'KEYRING_MASTER_KEY_INVALID',
    'The master key must be 32 random bytes in base64. Make one with: openssl rand -base64 32'
  )
}
