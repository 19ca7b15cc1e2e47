import type { NatsConnection } from '@nats-io/transport-node'
import { messageTooLarge, unavailable } from '../errors.ts'
import type { EventLogMetrics } from '../metrics.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { createAppendQueue } from './append-queue.ts'
import type { AppendResult, AppendUnit } from './append-unit.ts'
import { createDeadlines } from './deadlines.ts'
import { MAX_BATCH_MESSAGES, sendMessages } from './flight.ts'
import { createIdleClock } from './idle-clock.ts'
import type { Refusals } from './refusals.ts'
import { createPace, type Pace } from './pace.ts'
import { createReplyInbox } from './reply-inbox.ts'
import { RefusedError } from './server-answer.ts'
import { waitingAppend, type WaitingAppend } from './waiting-append.ts'

/** A handler is better off waiting through a restart of the server than being tried again after a minute. */
const APPEND_TIMEOUT_MS = 10_000

/** The server counts headers as payload; ours take a few hundred bytes. */
const HEADER_ROOM = 2_048

/** One batch is stored while the next one is on its way. */
const BATCHES_IN_FLIGHT = 2

/**
 * An atomic batch costs the server some four milliseconds of its processor whatever its size, since it lays out a store
 * of its own for it; a message alone a quarter of one. So appends of several messages share batches: where one flew just
 * now, what comes next waits so long for company. What comes alone does not wait.
 */
const BATCH_GAP_MS = 30

/** With so many in it a batch's fixed cost is small for each; waiting for more gains nothing. */
const ENOUGH_COMPANY = 16

/** With so many single appends under way, ... */
const CROWD = 16
/** ... fewer than so many more wait for others, ... */
const COMPANY = 8
/** ... for so many turns of the event loop at most. */
const MAX_TURNS_HELD = 3

/** From this size on, the members of a refused batch are tried in smaller batches before they are tried singly. */
const SPLIT_FROM = 16

export interface AppendOptions {
  readonly urgent?: boolean | undefined
}

/** Appends to one stream, grouping what waits into atomic batches: one sync to disk for all of them. */
export interface AppendPipeline {
  /**
   * Stores all messages of the unit or none. Never resolves before the server has them.
   *
   * @param options.urgent does not wait for company, and takes along what waits
   * @throws TransientError EVENT_LOG_UNAVAILABLE within the time-out: not stored, or not known to be;
   * PermanentError EVENT_LOG_MESSAGE_REFUSED for a message that the server would not take
   */
  append(unit: AppendUnit, options?: AppendOptions): Promise<AppendResult>
  /** Takes nothing more and waits for what is under way. */
  close(): Promise<void>
}

export interface AppendPipelineOptions {
  readonly connection: NatsConnection
  readonly watch: ConnectionWatch
  /** Logical stream name, for metrics and messages. */
  readonly stream: string
  readonly metrics: EventLogMetrics
  readonly refusals: Refusals
  /** How long a caller waits at most; 10 s by default. */
  readonly timeoutMs?: number | undefined
  /** Chooses between single appends and batches; learns which is faster by default. */
  readonly pace?: Pace | undefined
}

export function createAppendPipeline(options: AppendPipelineOptions): AppendPipeline {
  const { connection, watch, stream, metrics, refusals, timeoutMs = APPEND_TIMEOUT_MS } = options
  const maxPayload = (): number => connection.info?.max_payload ?? Infinity
  const flight = { connection, replies: createReplyInbox(connection, watch, timeoutMs) }
  const deadlines = createDeadlines(timeoutMs)
  const queue = createAppendQueue()
  const pace = options.pace ?? createPace()
  const idle = createIdleClock()
  const open = new Set<WaitingAppend>()
  let singles = 0
  /** Under way because they are faster than single appends. */
  let batches = 0
  /** Under way because a member has several messages. */
  let needed = 0
  let lastNeededAt = -Infinity
  let gap: NodeJS.Timeout | undefined
  let closed = false
  let pumpScheduled = false
  let turnsHeld = 0
  let whenIdle: (() => void) | undefined

  const append = (unit: AppendUnit, { urgent = false }: AppendOptions = {}): Promise<AppendResult> => {
    if (unit.length === 0 || unit.length > MAX_BATCH_MESSAGES)
      return Promise.reject(new RangeError(`An append holds 1 to ${MAX_BATCH_MESSAGES} messages, not ${unit.length}`))
    if (closed) return Promise.reject(unavailable('The event log is closed'))
    if (watch.refused !== null) return Promise.reject(unavailable(watch.refused))
    const tooLarge = unit.find((message) => message.payload.length + HEADER_ROOM > maxPayload())
    if (tooLarge) return Promise.reject(messageTooLarge(tooLarge.id, tooLarge.payload.length, maxPayload()))
    const { waiting, outcome } = waitingAppend(
      { unit, urgent },
      stream,
      deadlines,
      (settled, kind, durationMs, error) => {
        open.delete(settled)
        if (kind === 'failed') refusals.failed(stream, error, watch.online)
        else if (kind === 'stored') refusals.stored(stream)
        metrics.onAppend?.({ stream, outcome: kind, durationMs })
        if (open.size === 0) whenIdle?.()
      }
    )
    open.add(waiting)
    if (queue.push(waiting)) schedulePump()
    else waiting.reject(unavailable(`Too many appends wait for ${stream}`))
    return outcome
  }

  // Appends of one turn of the event loop are looked at together.
  const schedulePump = (): void => {
    if (pumpScheduled) return
    pumpScheduled = true
    setImmediate(() => {
      pumpScheduled = false
      pump()
      idle.turnOver()
    })
  }

  const pump = (): void => {
    queue.dropSettled()
    while (queue.length > 0 && watch.online) {
      const { several } = queue
      if (several > 0 && isBatchDue(several)) sendGroup(queue.takeGroup(), true)
      else if (several === queue.length) return
      else if (batches === 0 && pace.prefersSingles(queue.length - several, singles)) {
        if (holdsForCompany(queue.length - several)) return schedulePump()
        for (const waiting of queue.takeSingles()) sendSingle(waiting)
      } else if (several === 0 && batches < BATCHES_IN_FLIGHT) sendGroup(queue.takeGroup(), false)
      else return
    }
  }

  /** A write to the socket costs as much as a message: while many are under way anyway, a few wait a moment to leave together. */
  const holdsForCompany = (waiting: number): boolean => {
    const holds = singles >= CROWD && waiting < COMPANY && turnsHeld < MAX_TURNS_HELD
    turnsHeld = holds ? turnsHeld + 1 : 0
    return holds
  }

  /** Whether appends of several messages fly now; sees to it that they are looked at again. */
  const isBatchDue = (several: number): boolean => {
    if (needed > 0) return false
    const waitMs = lastNeededAt + BATCH_GAP_MS - performance.now()
    if (waitMs <= 0 || several >= ENOUGH_COMPANY || queue.urgent || closed) return true
    gap ??= setTimeout(() => {
      gap = undefined
      schedulePump()
    }, waitMs)
    return false
  }

  const sendSingle = (waiting: WaitingAppend): void => {
    singles += 1
    const before = singles
    const started = idle.ms()
    fly([waiting], (stored) => {
      // The first of many has all others behind it, the last before it: each shared its wait with them.
      const underWay = Math.max(before, singles)
      if (stored) pace.singleTook(idle.ms() - started, underWay)
      singles -= 1
      schedulePump()
    })
  }

  const sendGroup = (members: readonly WaitingAppend[], isNeeded: boolean): void => {
    if (isNeeded) {
      needed += 1
      lastNeededAt = performance.now()
    } else batches += 1
    const started = idle.ms()
    fly(members, (stored) => {
      if (stored && !isNeeded && members.length > 1) pace.batchTook(idle.ms() - started, members.length)
      if (isNeeded) needed -= 1
      else batches -= 1
      schedulePump()
    })
  }

  /** Calls `landed` at the end, with true when all of it was stored at once. */
  const fly = (members: readonly WaitingAppend[], landed: (stored: boolean) => void): void => {
    const messages = members.flatMap((waiting) => waiting.unit)
    const started = performance.now()
    const report = (stored: boolean): void => {
      const durationMs = performance.now() - started
      metrics.onFlight?.({ stream, units: members.length, messages: messages.length, durationMs, stored })
    }
    sendMessages(flight, messages, {
      landed(result) {
        share(members, result)
        report(result.kind === 'stored')
        landed(result.kind === 'stored')
      },
      failed(error) {
        report(false)
        if (error instanceof RefusedError && members.length > 1) return flyApart(members, () => landed(false))
        if (error instanceof RefusedError) settleRefused(members, error)
        else members.forEach((waiting) => waiting.reject(error))
        landed(false)
      }
    })
  }

  const share = (members: readonly WaitingAppend[], result: AppendResult): void => {
    if (result.kind !== 'stored') return members.forEach((waiting) => waiting.resolve(result))
    let next = 0
    for (const waiting of members) {
      const sequences = result.sequences.slice(next, next + waiting.unit.length)
      next += waiting.unit.length
      for (const { type } of waiting.unit) metrics.onRecorded?.({ stream, type })
      waiting.resolve({ kind: 'stored', sequences })
    }
  }

  const settleRefused = (members: readonly WaitingAppend[], refused: RefusedError): void => {
    for (const waiting of members) {
      if (refused.result) waiting.resolve(refused.result)
      else waiting.reject(refused.failure)
    }
  }

  /** One member spoilt the batch and nothing of it was stored: the others must not suffer. */
  const flyApart = (members: readonly WaitingAppend[], landed: () => void): void => {
    const size = members.length >= SPLIT_FROM ? Math.ceil(Math.sqrt(members.length)) : 1
    const parts: (readonly WaitingAppend[])[] = []
    for (let start = 0; start < members.length; start += size) {
      const part = members.slice(start, start + size).filter((waiting) => !waiting.settled)
      if (part.length > 0) parts.push(part)
    }
    let flying = parts.length
    if (flying === 0) return landed()
    for (const part of parts) {
      fly(part, () => {
        flying -= 1
        if (flying === 0) landed()
      })
    }
  }

  const unwatch = watch.onChange((online) => {
    if (online) schedulePump()
  })

  return {
    append,
    async close() {
      closed = true
      if (queue.length > 0) schedulePump()
      if (open.size > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
      clearTimeout(gap)
      unwatch()
      flight.replies.close()
    }
  }
}
