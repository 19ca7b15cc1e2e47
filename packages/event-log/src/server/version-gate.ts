import { PermanentError } from '@leadlog/contracts'
import { eventLogErrors } from '../errors.ts'

/**
 * 2.12 brought atomic batches, direct batch get and schedules; 2.12.1 brought message ids inside atomic batches, which
 * idempotent appends need.
 */
export const MINIMUM_SERVER_VERSION = '2.12.1'

/**
 * Refuses a server that would accept the newer headers and silently ignore them.
 *
 * @throws PermanentError EVENT_LOG_SERVER_TOO_OLD
 */
export function assertServerVersion(version: string, server = 'the server'): void {
  const why = serverTooOld(version, server)
  if (why !== null) throw new PermanentError(eventLogErrors.serverTooOld, why)
}

/** Why a server of this version must not be used; null for one that is new enough. */
export function serverTooOld(version: string, server: string): string | null {
  if (compareVersions(version, MINIMUM_SERVER_VERSION) >= 0) return null
  return (
    `NATS at ${server} is version ${version}; ${MINIMUM_SERVER_VERSION} or newer is required, because an older one ignores ` +
    'the headers for atomic batches and would store partial or duplicate events. Upgrade nats-server'
  )
}

/** Below zero when the left one is older, above when it is newer; what follows the three numbers does not count. */
export function compareVersions(left: string, right: string): number {
  const a = parts(left)
  const b = parts(right)
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function parts(version: string): number[] {
  return version
    .replace(/^v/, '')
    .split(/[.\-+]/)
    .slice(0, 3)
    .map((part) => Number.parseInt(part, 10) || 0)
}
