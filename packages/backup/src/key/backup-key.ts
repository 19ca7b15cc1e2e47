import { createHash, hkdfSync } from 'node:crypto'
import { backupError, backupErrors } from '../errors.ts'

/** AES-256. */
export const KEY_BYTES = 32

/** Keeps what is derived here apart from every other use of the same secret. */
const PURPOSE = 'leadlog backup key v1'

/** The key that wraps the key of each backup. Whoever holds it can read the backups; without it they are noise. */
export interface BackupKey {
  readonly bytes: Uint8Array
  /** Tells keys apart without giving them away; written into every manifest. */
  readonly id: string
}

/**
 * The backup key of a base64 secret of 32 random bytes: `BACKUP_KEY`, or `LEADLOG_MASTER_KEY` where no key of its own is
 * kept. What is used is derived from it, so that neither is ever used for two purposes.
 *
 * @throws PermanentError `BACKUP_KEY_INVALID`
 */
export function parseBackupKey(secret: string): BackupKey {
  const given = Buffer.from(secret.trim(), 'base64')
  if (given.length !== KEY_BYTES) {
    throw backupError(
      backupErrors.keyInvalid,
      'The backup key must be 32 random bytes in base64. Make one with: openssl rand -base64 32'
    )
  }
  const bytes = new Uint8Array(hkdfSync('sha256', given, '', PURPOSE, KEY_BYTES))
  const id = createHash('sha256').update('id').update(bytes).digest('hex').slice(0, 16)
  return { bytes, id }
}
