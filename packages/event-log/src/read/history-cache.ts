import type { SealedEvent } from '../codec/message.ts'

/** A subject's messages, parsed, as far as they were read. */
export interface CachedHistory {
  readonly events: readonly SealedEvent[]
  /** Last sequence among them. */
  readonly sequence: number
}

/** A history larger than this share of the cache is read anew each time, so that one cannot push out all others. */
const LARGEST_SHARE = 8

/**
 * The histories used last, bounded by the bytes of their messages. Personal fields stay sealed in it, so an erased
 * person is not remembered here.
 */
export interface HistoryCache {
  get(subject: string): CachedHistory | undefined
  /** Keeps the longer of what is there and what comes. */
  put(subject: string, events: readonly SealedEvent[]): void
  readonly bytes: number
}

export function createHistoryCache(maxBytes: number): HistoryCache {
  const entries = new Map<string, CachedHistory & { bytes: number }>()
  let bytes = 0

  const drop = (subject: string): void => {
    const entry = entries.get(subject)
    if (!entry) return
    entries.delete(subject)
    bytes -= entry.bytes
  }

  return {
    get bytes() {
      return bytes
    },
    get(subject) {
      const entry = entries.get(subject)
      if (!entry) return undefined
      entries.delete(subject)
      entries.set(subject, entry)
      return entry
    },
    put(subject, events) {
      const sequence = events.at(-1)?.sequence
      if (sequence === undefined || sequence < (entries.get(subject)?.sequence ?? 0)) return
      drop(subject)
      const size = events.reduce((sum, event) => sum + event.bytes, 0)
      if (size > maxBytes / LARGEST_SHARE) return
      entries.set(subject, { events, sequence, bytes: size })
      bytes += size
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break
        drop(oldest)
      }
    }
  }
}
