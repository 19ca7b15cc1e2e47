import type { WaitingAppend } from './waiting-append.ts'

/** Half of the server's limit of 1,000 messages in a batch, above which it gains nothing. */
const GROUP_MESSAGES = 512

/** Keeps the server's staging of one batch small. */
const GROUP_BYTES = 8 * 1024 * 1024

/** What may wait: at 5,000 appends/s this is more than the time-out lets live anyway. */
const QUEUE_UNITS = 16_384
const QUEUE_BYTES = 64 * 1024 * 1024

/** The appends that wait for their turn, oldest first, within bounds. */
export interface AppendQueue {
  readonly length: number
  /** How many of them have several messages, which only a batch can hold. */
  readonly several: number
  /** True where one of those does not wait for company. */
  readonly urgent: boolean
  /** False when the queue is full. */
  push(waiting: WaitingAppend): boolean
  /** Those of one message. */
  takeSingles(): WaitingAppend[]
  /** The longest run from the front that one batch can hold: a subject or id twice in it would refuse the whole batch. */
  takeGroup(): WaitingAppend[]
  /** Forgets those whose callers have given up. */
  dropSettled(): void
}

export function createAppendQueue(): AppendQueue {
  let queue: WaitingAppend[] = []
  let bytes = 0
  let several = 0

  const take = (count: number): WaitingAppend[] => {
    const taken = queue.slice(0, count)
    queue = queue.slice(count)
    for (const waiting of taken) forget(waiting)
    return taken
  }

  const forget = (waiting: WaitingAppend): void => {
    bytes -= waiting.bytes
    if (waiting.unit.length > 1) several -= 1
  }

  return {
    get length() {
      return queue.length
    },
    get several() {
      return several
    },
    get urgent() {
      return queue.some((waiting) => waiting.urgent && waiting.unit.length > 1)
    },
    push(waiting) {
      if (queue.length >= QUEUE_UNITS || (bytes > 0 && bytes + waiting.bytes > QUEUE_BYTES)) return false
      queue.push(waiting)
      bytes += waiting.bytes
      if (waiting.unit.length > 1) several += 1
      return true
    },
    takeSingles() {
      if (several === 0) return take(queue.length)
      const singles = queue.filter(({ unit }) => unit.length === 1)
      queue = queue.filter(({ unit }) => unit.length > 1)
      for (const waiting of singles) forget(waiting)
      return singles
    },
    takeGroup() {
      const seen = new Set<string>()
      let messages = 0
      let size = 0
      let count = 0
      for (const { unit, bytes: unitSize } of queue) {
        messages += unit.length
        size += unitSize
        const keys = unit.flatMap((message) => [`subject ${message.subject}`, `id ${message.id}`])
        const full = messages > GROUP_MESSAGES || size > GROUP_BYTES || keys.some((key) => seen.has(key))
        if (full && count > 0) break
        for (const key of keys) seen.add(key)
        count += 1
      }
      return take(count)
    },
    dropSettled() {
      if (!queue.some((waiting) => waiting.settled)) return
      for (const waiting of queue) if (waiting.settled) forget(waiting)
      queue = queue.filter((waiting) => !waiting.settled)
    }
  }
}
