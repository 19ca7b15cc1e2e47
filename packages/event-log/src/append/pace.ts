/** Up to this many at once a batch cannot win: its fixed cost alone is several single appends. */
const ALWAYS_SINGLE = 4

/** More singles than this at once only lengthen the server's queue. */
const NEVER_SINGLE = 128

/** What one more message adds to a batch, in milliseconds; measured on two cores, hardly depends on the disk. */
const BATCH_MS_PER_MESSAGE = 0.03

/** Starting points until the server has been measured. */
const FIRST_SINGLE_MS = 0.1
const FIRST_BATCH_MS = 4

/** Weight of a new measurement. */
const LEARNING = 0.1

/** How fast the way not taken is forgiven, so that it is tried again some hundred decisions later. */
const FORGIVING = 0.998

/**
 * Learns which is faster on this server, many single appends or one atomic batch. It depends on the disk: a batch costs
 * some milliseconds once, a single append costs its sync every time. With a server that syncs every write batches win
 * from about 16 messages on, without from about 100.
 */
export interface Pace {
  /** Whether `waiting` more messages are better sent singly, beside those under way. */
  prefersSingles(waiting: number, singlesUnderWay: number): boolean
  /** A single append took so long while so many were under way. */
  singleTook(durationMs: number, underWay: number): void
  /** A batch of so many messages took so long. */
  batchTook(durationMs: number, messages: number): void
}

export function createPace(): Pace {
  let single = FIRST_SINGLE_MS
  let batch = FIRST_BATCH_MS
  return {
    prefersSingles(waiting, singlesUnderWay) {
      const total = waiting + singlesUnderWay
      if (total <= ALWAYS_SINGLE) return true
      if (total > NEVER_SINGLE) return false
      const singly = total * single <= batch + waiting * BATCH_MS_PER_MESSAGE
      if (singly) batch *= FORGIVING
      else single *= FORGIVING
      return singly
    },
    singleTook(durationMs, underWay) {
      single += LEARNING * (durationMs / Math.max(1, underWay) - single)
    },
    batchTook(durationMs, messages) {
      batch += LEARNING * (Math.max(0, durationMs - messages * BATCH_MS_PER_MESSAGE) - batch)
    }
  }
}
