import type { NatsConnection } from '@nats-io/transport-node'
import { unavailable } from '../errors.ts'
import type { AppendOutcome, EventLogMetrics } from '../metrics.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { unitBytes, type AppendResult, type AppendUnit } from './append-unit.ts'
import { MAX_BATCH_MESSAGES, sendMessages } from './flight.ts'
import { RefusedError } from './server-answer.ts'

/** A webhook's sender gives up after 5 to 10 s and must hear 503 well before; a healthy append takes milliseconds. */
export const APPEND_TIMEOUT_MS = 1_800

/** Up to this many appends at once go singly: a batch costs the server more than a few messages do. */
const SINGLES_IN_FLIGHT = 4

/** One batch is stored while the next one fills; a second one in flight keeps the server busy meanwhile. */
const BATCHES_IN_FLIGHT = 2

/** Below the server's limit of 1,000, above which it gains nothing. */
const GROUP_MESSAGES = 512

/** Keeps the server's staging of one batch small. */
const GROUP_BYTES = 8 * 1024 * 1024

/** What may wait: at 5,000 appends/s this is more than the time-out lets live anyway. */
const QUEUE_UNITS = 16_384
const QUEUE_BYTES = 64 * 1024 * 1024

/** From this size on, the members of a refused batch are tried in smaller batches before they are tried singly. */
const SPLIT_FROM = 16

interface Waiting {
  readonly unit: AppendUnit
  readonly bytes: number
  readonly since: number
  settled: boolean
  resolve(result: AppendResult): void
  reject(error: unknown): void
}

/** Appends to one stream, grouping what waits into atomic batches: one sync to disk for all of them. */
export interface AppendPipeline {
  /**
   * Stores all messages of the unit or none. Never resolves before the server has them.
   *
   * @throws TransientError EVENT_LOG_UNAVAILABLE within {@link APPEND_TIMEOUT_MS}: not stored, or not known to be
   */
  append(unit: AppendUnit): Promise<AppendResult>
  /** Units that wait or are under way. */
  readonly pending: number
  /** Takes nothing more and waits for what is under way. */
  close(): Promise<void>
}

export interface AppendPipelineOptions {
  readonly connection: NatsConnection
  readonly watch: ConnectionWatch
  /** Logical stream name, for metrics. */
  readonly stream: string
  readonly metrics?: EventLogMetrics | undefined
  readonly timeoutMs?: number | undefined
}

export function createAppendPipeline(options: AppendPipelineOptions): AppendPipeline {
  const { connection, watch, stream, metrics } = options
  const timeoutMs = options.timeoutMs ?? APPEND_TIMEOUT_MS
  const queue: Waiting[] = []
  const open = new Set<Waiting>()
  let queuedBytes = 0
  let singles = 0
  let batches = 0
  let closed = false
  let pumping = false
  let whenIdle: (() => void) | undefined

  const append = (unit: AppendUnit): Promise<AppendResult> => {
    if (unit.length === 0 || unit.length > MAX_BATCH_MESSAGES)
      return Promise.reject(new RangeError(`An append holds 1 to ${MAX_BATCH_MESSAGES} messages, not ${unit.length}`))
    if (closed) return Promise.reject(unavailable('The event log is closed'))
    const bytes = unitBytes(unit)
    if (queue.length >= QUEUE_UNITS || (queuedBytes > 0 && queuedBytes + bytes > QUEUE_BYTES)) {
      report('failed', performance.now())
      return Promise.reject(unavailable(`Too many appends wait for ${stream}`))
    }
    return new Promise((resolve, reject) => {
      const waiting = wait(unit, bytes, resolve, reject)
      queue.push(waiting)
      queuedBytes += bytes
      schedulePump()
    })
  }

  const wait = (
    unit: AppendUnit,
    bytes: number,
    resolve: (result: AppendResult) => void,
    reject: (error: unknown) => void
  ): Waiting => {
    const since = performance.now()
    const settle = (outcome: AppendOutcome, act: () => void): void => {
      if (waiting.settled) return
      waiting.settled = true
      clearTimeout(timer)
      open.delete(waiting)
      report(outcome, since)
      act()
      if (open.size === 0) whenIdle?.()
    }
    const waiting: Waiting = {
      unit,
      bytes,
      since,
      settled: false,
      resolve: (result) => settle(result.kind, () => resolve(result)),
      reject: (error) => settle('failed', () => reject(error))
    }
    const timer = setTimeout(
      () => waiting.reject(unavailable(`${stream} did not confirm an append within ${timeoutMs} ms`)),
      timeoutMs
    )
    open.add(waiting)
    return waiting
  }

  const report = (outcome: AppendOutcome, since: number): void => {
    metrics?.onAppend?.({ stream, outcome, durationMs: performance.now() - since })
  }

  // Appends of one turn of the event loop are looked at together.
  const schedulePump = (): void => {
    if (pumping) return
    pumping = true
    setImmediate(() => {
      pumping = false
      pump()
    })
  }

  const pump = (): void => {
    dropSettled()
    while (queue.length > 0 && watch.online) {
      if (batches === 0 && singles + queue.length <= SINGLES_IN_FLIGHT) {
        const [waiting] = take(1)
        if (waiting) void single(waiting)
      } else if (batches < BATCHES_IN_FLIGHT) {
        void group(takeGroup())
      } else return
    }
  }

  const dropSettled = (): void => {
    if (!queue.some((waiting) => waiting.settled)) return
    const alive = queue.filter((waiting) => !waiting.settled)
    queue.splice(0, queue.length, ...alive)
    queuedBytes = alive.reduce((sum, waiting) => sum + waiting.bytes, 0)
  }

  const take = (count: number): Waiting[] => {
    const taken = queue.splice(0, count)
    for (const waiting of taken) queuedBytes -= waiting.bytes
    return taken
  }

  /** The longest run from the front that one batch can hold: a subject or id twice in it would refuse the whole batch. */
  const takeGroup = (): Waiting[] => {
    const seen = new Set<string>()
    let messages = 0
    let bytes = 0
    let count = 0
    for (const waiting of queue) {
      const keys = waiting.unit.flatMap((message) => [`s${message.subject}`, `i${message.id}`])
      messages += waiting.unit.length
      bytes += waiting.bytes
      const full = messages > GROUP_MESSAGES || bytes > GROUP_BYTES || keys.some((key) => seen.has(key))
      if (full && count > 0) break
      for (const key of keys) seen.add(key)
      count += 1
    }
    return take(count)
  }

  const single = async (waiting: Waiting): Promise<void> => {
    singles += 1
    await fly([waiting])
    singles -= 1
    schedulePump()
  }

  const group = async (members: Waiting[]): Promise<void> => {
    batches += 1
    await fly(members)
    batches -= 1
    schedulePump()
  }

  const fly = async (members: readonly Waiting[]): Promise<void> => {
    const messages = members.flatMap((waiting) => waiting.unit)
    const started = performance.now()
    let stored = false
    try {
      const result = await sendMessages(connection, messages, timeoutMs)
      stored = result.kind === 'stored'
      share(members, result)
    } catch (error) {
      if (!(error instanceof RefusedError)) return members.forEach((waiting) => waiting.reject(error))
      const [only, ...others] = members
      if (only && others.length === 0) return settleRefused(only, error)
      await flyApart(members)
    } finally {
      metrics?.onFlight?.({
        stream,
        units: members.length,
        messages: messages.length,
        durationMs: performance.now() - started,
        stored
      })
    }
  }

  const share = (members: readonly Waiting[], result: AppendResult): void => {
    if (result.kind !== 'stored') return members.forEach((waiting) => waiting.resolve(result))
    let next = 0
    for (const waiting of members) {
      const sequences = result.sequences.slice(next, next + waiting.unit.length)
      next += waiting.unit.length
      waiting.resolve({ kind: 'stored', sequences })
    }
  }

  const settleRefused = (waiting: Waiting, refused: RefusedError): void => {
    if (refused.result) waiting.resolve(refused.result)
    else waiting.reject(refused.failure)
  }

  /** One member spoilt the batch and nothing of it was stored: the others must not suffer. */
  const flyApart = async (members: readonly Waiting[]): Promise<void> => {
    const size = members.length >= SPLIT_FROM ? Math.ceil(Math.sqrt(members.length)) : 1
    const parts: Waiting[][] = []
    for (let start = 0; start < members.length; start += size) parts.push(members.slice(start, start + size))
    await Promise.all(parts.map((part) => fly(part.filter((waiting) => !waiting.settled))))
  }

  const unwatch = watch.onChange((online) => {
    if (online) schedulePump()
  })

  return {
    append,
    get pending() {
      return open.size
    },
    async close() {
      closed = true
      if (open.size > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
      unwatch()
    }
  }
}
