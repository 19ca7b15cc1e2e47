import { CliError } from './errors.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'

/** An error as it is shown: a sentence, a code and the exit code. */
export interface Explained {
  readonly code: string
  readonly message: string
  readonly exitCode: ExitCode
  /** True where the error was not foreseen, so that its stack is worth showing. */
  readonly unforeseen: boolean
}

/** By code or its beginning; the first that fits decides. */
const KNOWN: readonly (readonly [beginning: string, exitCode: ExitCode])[] = [
  ['EVENT_LOG_CONNECT_FAILED', exitCodes.cannotConnect],
  ['EVENT_LOG_UNAVAILABLE', exitCodes.cannotConnect],
  ['KEYRING_UNAVAILABLE', exitCodes.cannotConnect],
  ['BACKUP_NOT_FOUND', exitCodes.notFound],
  ['BACKUP_KEY_', exitCodes.notConfigured],
  ['BACKUP_KEYS_NOT_APART', exitCodes.notConfigured],
  ['BACKUP_STORE_UNAVAILABLE', exitCodes.cannotConnect],
  ['BACKUP_', exitCodes.failed],
  ['ARCHIVE_EVENT_NOT_FOUND', exitCodes.notFound],
  ['ARCHIVE_OTHER_SYSTEM', exitCodes.refused],
  ['ARCHIVE_', exitCodes.failed],
  ['RESTORE_', exitCodes.refused],
  ['EVENT_LOG_CIPHER_MISSING', exitCodes.notConfigured],
  ['KEYRING_MASTER_KEY', exitCodes.notConfigured],
  ['MIGRATION_FAILED', exitCodes.failed],
  ['MIGRATION_', exitCodes.refused],
  ['CONFIG_INVALID', exitCodes.notConfigured],
  ['PROJECTION_SLOT_MISSING', exitCodes.notFound],
  ['PROJECTION_REBUILD_RUNNING', exitCodes.refused],
  ['PROJECTION_', exitCodes.failed],
  ['WHATIF_RUN_UNKNOWN', exitCodes.notFound],
  ['WHATIF_', exitCodes.refused],
  ['FROZEN_FILE_INVALID', exitCodes.failed],
  ['FROZEN_', exitCodes.refused],
  ['EVENT_LOG_', exitCodes.failed],
  ['KEYRING_', exitCodes.failed]
]

/** Codes of Postgres and of the network when the database cannot be reached. */
const DATABASE_AWAY = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|57P0[123]|08\d{3})$/

/** Postgres answers and has no room, no memory, or takes no writes. */
const DATABASE_REFUSES = /^(53\d{3}|25006|58030)$/

/** Turns whatever was thrown into what a person is shown. */
export function explainError(error: unknown): Explained {
  if (error instanceof CliError) {
    return { code: error.code, message: error.message, exitCode: error.exitCode, unforeseen: false }
  }
  const { code, message } = codeAndMessage(error)
  const known = KNOWN.find(([beginning]) => code.startsWith(beginning))
  if (known) return { code, message, exitCode: known[1], unforeseen: false }
  if (DATABASE_AWAY.test(code)) {
    return {
      code: 'CLI_DATABASE_AWAY',
      message: `Postgres cannot be reached (${message || code}). Check DATABASE_URL and that the server runs`,
      exitCode: exitCodes.cannotConnect,
      unforeseen: false
    }
  }
  if (DATABASE_REFUSES.test(code)) {
    return {
      code: 'CLI_DATABASE_REFUSES',
      message: `Postgres could not do it (${code}: ${message}). Make room or mend what it says, then run this again; see docs/runbooks/postgres-full.md`,
      exitCode: exitCodes.failed,
      unforeseen: false
    }
  }
  return { code: code || 'CLI_UNEXPECTED', message, exitCode: exitCodes.failed, unforeseen: true }
}

function codeAndMessage(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) }
  const { code } = error as { code?: unknown }
  // Node gathers the failures of several addresses of one host; the first tells as much as all.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined
  const message = error.message || (first instanceof Error ? first.message : '')
  return { code: typeof code === 'string' ? code : '', message }
}
