import { TransientError } from '@leadlog/contracts'
import { eventLogErrors } from '../errors.ts'
import type { Logger } from '../logger.ts'

/** After the last refusal it is left to the next append to find out: else nobody would be let in who could. */
const REMEMBERED_MS = 30_000

/**
 * Why a stream does not store although its server is connected: `full`, the server or the account is out of space;
 * `silent`, it gives no answer, as a stream does whose server could not write to its disk.
 */
export type RefusalReason = 'full' | 'silent'

/** A stream that did not store the newest of what was sent to it. */
export interface Refusal {
  readonly stream: string
  readonly reason: RefusalReason
  readonly detail: string
}

/** Remembers which streams do not store, and says so once in the log, as it does when they store again. */
export interface Refusals {
  stored(stream: string): void
  /** @param online whether the server was connected; only then is it the server's refusal */
  failed(stream: string, error: unknown, online: boolean): void
  current(): readonly Refusal[]
}

export function createRefusals(logger: Logger, now: () => number = () => performance.now()): Refusals {
  const known = new Map<string, Refusal & { at: number }>()
  return {
    stored(stream) {
      if (known.delete(stream)) logger.info({ stream }, 'the stream stores again')
    },
    failed(stream, error, online) {
      const reason = reasonOf(error, online)
      if (reason === null) return
      const before = known.get(stream)
      const detail = detailOf(stream, reason)
      known.set(stream, { stream, reason, detail, at: now() })
      if (before?.reason !== reason) logger.error({ stream, reason, err: error }, detail)
    },
    current: () => [...known.values()].filter(({ at }) => now() - at < REMEMBERED_MS)
  }
}

function reasonOf(error: unknown, online: boolean): RefusalReason | null {
  if (!(error instanceof TransientError)) return null
  if (error.code === eventLogErrors.full) return 'full'
  return error.code === eventLogErrors.unavailable && online ? 'silent' : null
}

function detailOf(stream: string, reason: RefusalReason): string {
  return reason === 'full'
    ? `NATS has no space left for ${stream}: make room or raise max_file_store; see docs/runbooks/disk-full.md`
    : `NATS is connected but does not confirm what is sent to ${stream}. If its log says "no space left" or "Critical write error", free its ` +
        'disk and restart it; see docs/runbooks/disk-full.md'
}
