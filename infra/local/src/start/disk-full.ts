import { LocalSetupError } from '../errors.ts'

/** Node says it with a code, the servers' own programs in words. */
const WORDS = /ENOSPC|no space left on device/i

/** What to say where a start failed for want of room; null for any other failure. */
export function diskFull(error: unknown, state: string): LocalSetupError | null {
  const message = error instanceof Error ? error.message : String(error)
  const said = message.split('\n').find((line) => WORDS.test(line))
  if (said === undefined) return null
  return new LocalSetupError(
    'LOCAL_DISK_FULL',
    `The disk of ${state} is full (${said.trim()}). Free some space, some 300 MB for a first start, and start again: what is ` +
      'there stays as it is. "npm start -- --fresh" begins anew and deletes what earlier runs left',
    { cause: error }
  )
}
