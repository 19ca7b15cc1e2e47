/** Up to this many at once a batch cannot win: its fixed cost alone is more than a dozen single appends. */
const ALWAYS_SINGLE = 8

/** More singles than this at once only lengthen the server's queue, which holds 10,000 by default. */
const NEVER_SINGLE = 1_024

/** What one more message adds to a batch, in milliseconds; measured on two cores, hardly depends on the disk. */
const BATCH_MS_PER_MESSAGE = 0.03

/** Starting points until the server has been measured; singles come first, since each of them teaches. */
const FIRST_SINGLE_MS = BATCH_MS_PER_MESSAGE
const FIRST_BATCH_MS = 4

/** Weight of a new measurement of a batch. */
const LEARNING = 0.1

/**
 * Of a single append: less, and no measurement counts for more than twice of what is known. All that are under way share
 * one moment in which the server does something else, and each of them would tell of it.
 */
const LEARNING_OF_SINGLE = 0.0125
const MOST_BELIEVED = 2

/** How fast the way not taken is forgiven, so that it is tried again some hundred decisions later. */
const FORGIVING = 0.998

/**
 * Learns which is faster on this server, many single appends or one atomic batch. It depends on the disk: a batch costs
 * some milliseconds once, a single append costs its sync every time. With a server that syncs every write batches win
 * from about 16 messages on, without never: there a message costs the server less singly than in a batch.
 */
export interface Pace {
  /** Whether `waiting` more messages are better sent singly, beside those under way. */
  prefersSingles(waiting: number, singlesUnderWay: number): boolean
  /** We had to wait so long for a single append while so many, itself included, were under way: the most of them at once. */
  singleTook(waitedMs: number, underWay: number): void
  /** We had to wait so long for a batch of so many messages. */
  batchTook(waitedMs: number, messages: number): void
}

export function createPace(): Pace {
  let single = FIRST_SINGLE_MS
  let batch = FIRST_BATCH_MS
  return {
    prefersSingles(waiting, singlesUnderWay) {
      const total = waiting + singlesUnderWay
      if (total <= ALWAYS_SINGLE) return true
      if (total > NEVER_SINGLE) return false
      // A message that costs the server less than its place in a batch has nothing to gain.
      if (single <= BATCH_MS_PER_MESSAGE) return true
      const singly = total * single <= batch + waiting * BATCH_MS_PER_MESSAGE
      if (singly) batch *= FORGIVING
      else single *= FORGIVING
      return singly
    },
    singleTook(waitedMs, underWay) {
      // What a few wait is the way there and back, which is the same for many.
      if (underWay <= ALWAYS_SINGLE) return
      single += LEARNING_OF_SINGLE * (Math.min(waitedMs / underWay, MOST_BELIEVED * single) - single)
    },
    batchTook(waitedMs, messages) {
      batch += LEARNING * (Math.max(0, waitedMs - messages * BATCH_MS_PER_MESSAGE) - batch)
    }
  }
}
