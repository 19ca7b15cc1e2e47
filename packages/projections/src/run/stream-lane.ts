import type { EventBatch, EventSource } from '@leadlog/contracts'
import { createBackOff, type BackOff } from './back-off.ts'
import { deliver, type DeliveryContext } from './deliver.ts'
import type { Member } from './member.ts'
import { readAhead } from './read-ahead.ts'
import { createSerial } from './serial.ts'

/** A projection that is behind reads larger batches: fewer transactions, no one waits for a single event. */
const CATCH_UP_BATCH_EVENTS = 2_000

/** A projection that cannot go on (a missing table, a missing right) tries again ever more rarely. */
const FAILED_FIRST_DELAY_MS = 250
const FAILED_LAST_DELAY_MS = 30_000

export interface LaneOptions extends DeliveryContext {
  readonly stream: string
  readonly source: EventSource
  /** Covers every projection of the process on this stream; null for all subjects. */
  readonly subjects: readonly string[] | null
  readonly maxEvents: number
  readonly maxWaitMs: number
  /** While events come thick. */
  readonly busyWaitMs: number
  /** The projections' order of declaration. */
  order(member: Member): number
}

/**
 * Feeds one stream to the projections of this process. Those that are level share one reader and one transaction a
 * batch; one that is behind reads by itself until it is level and then joins.
 */
export interface StreamLane {
  add(member: Member): void
  remove(member: Member): void
  /** Takes the member's checkpoint again, since it was put elsewhere. */
  recheck(member: Member): void
  /** True while the member reads by itself. */
  isBehind(member: Member): boolean
  /** Ends the readers and returns when no transaction is in flight. */
  stop(): Promise<void>
}

export function createStreamLane(options: LaneOptions): StreamLane {
  const { stream, source, logger } = options
  const stopping = new AbortController()
  const level = new Set<Member>()
  const behind = new Map<Member, AbortController>()
  const running = new Set<Promise<void>>()
  const failures = new Map<Member, BackOff>()
  /** Held while the level members take a batch, and while one joins them. */
  const gate = createSerial()
  let reader: AbortController | null = null
  let position = 0

  const track = (work: Promise<void>): void => {
    const settled = work
      .catch((error: unknown) => logger.error({ err: error, stream }, 'a projection reader ended'))
      .finally(() => running.delete(settled))
    running.add(settled)
  }

  const join = (member: Member): void => {
    level.add(member)
    if (reader) return
    position = member.sequence
    reader = new AbortController()
    track(readLevel(reader, AbortSignal.any([reader.signal, stopping.signal])))
  }

  const leaveEmpty = (): void => {
    if (level.size > 0 || !reader) return
    reader.abort()
    reader = null
  }

  async function readLevel(own: AbortController, signal: AbortSignal): Promise<void> {
    const backOff = createBackOff()
    while (!signal.aborted) {
      try {
        const batches = readAhead(source, {
          stream,
          fromSequence: position + 1,
          subjects: options.subjects,
          maxEvents: options.maxEvents,
          maxWaitMs: options.maxWaitMs,
          busyWaitMs: options.busyWaitMs,
          signal
        })
        for await (const batch of batches) {
          await gate(() => (reader === own ? takeLevel(batch, signal) : Promise.resolve()))
          backOff.reset()
        }
      } catch (error) {
        logger.warn({ err: error, stream }, 'the event source failed; projections open it again')
      }
      await backOff.wait(signal)
    }
  }

  async function takeLevel(batch: EventBatch, signal: AbortSignal): Promise<void> {
    if (batch.throughSequence <= position) return
    const members = [...level].sort((a, b) => options.order(a) - options.order(b))
    const { apart } = await deliver(options, stream, members, position, batch, signal)
    if (signal.aborted) return
    position = batch.throughSequence
    for (const member of members) {
      if (member.retired) level.delete(member)
      else if (apart.includes(member)) startCatchUp(member, member.sequence >= batch.throughSequence)
      else failures.delete(member)
    }
    leaveEmpty()
  }

  function failureOf(member: Member): BackOff {
    const known = failures.get(member) ?? createBackOff(FAILED_FIRST_DELAY_MS, FAILED_LAST_DELAY_MS)
    failures.set(member, known)
    return known
  }

  function startCatchUp(member: Member, atOnce: boolean): void {
    level.delete(member)
    const own = new AbortController()
    behind.set(member, own)
    const signal = AbortSignal.any([own.signal, stopping.signal])
    track(
      catchUp(member, atOnce, signal).finally(() => {
        if (behind.get(member) === own) behind.delete(member)
      })
    )
  }

  async function catchUp(member: Member, atOnce: boolean, signal: AbortSignal): Promise<void> {
    if (!atOnce) await failureOf(member).wait(signal)
    while (!signal.aborted && !member.retired) {
      let failed = false
      const joined = await gate(async () => {
        if (signal.aborted || member.retired) return true
        if (reader && member.sequence < position) {
          // Within one batch of the others: they wait for it, so that it cannot miss them again.
          if (position - member.sequence > options.maxEvents) return false
          failed = !(await readUntil(member, position, signal))
          if (failed || member.sequence < position) return false
        }
        join(member)
        return true
      })
      if (joined) return
      failed ||= !(await readUntil(member, position, signal))
      if (failed) await failureOf(member).wait(signal)
      else failures.delete(member)
    }
  }

  /** @returns false when the member failed; it then tries again later, alone */
  async function readUntil(member: Member, untilSequence: number, signal: AbortSignal): Promise<boolean> {
    try {
      const batches = readAhead(source, {
        stream,
        fromSequence: member.sequence + 1,
        subjects: member.subscription.subjects,
        maxEvents: CATCH_UP_BATCH_EVENTS,
        maxWaitMs: options.maxWaitMs,
        untilSequence,
        signal
      })
      for await (const batch of batches) {
        if (!(await takeAlone(member, batch, signal))) return false
      }
      if (signal.aborted || member.retired || member.sequence >= untilSequence) return true
      // The iteration ended, so everything up to there was looked at.
      return await takeAlone(member, { events: [], throughSequence: untilSequence, caughtUp: false }, signal)
    } catch (error) {
      logger.warn({ err: error, stream, projection: member.projection.name }, 'the event source failed')
      return false
    }
  }

  async function takeAlone(member: Member, batch: EventBatch, signal: AbortSignal): Promise<boolean> {
    const { apart } = await deliver(options, stream, [member], member.sequence, batch, signal)
    return apart.length === 0 && !member.retired && !signal.aborted
  }

  return {
    add(member) {
      void gate(async () => {
        if (stopping.signal.aborted || member.retired) return
        if (!reader || member.sequence >= position) join(member)
        else startCatchUp(member, true)
      })
    },
    remove(member) {
      member.retired = true
      level.delete(member)
      failures.delete(member)
      behind.get(member)?.abort()
      leaveEmpty()
    },
    recheck(member) {
      void gate(async () => {
        if (stopping.signal.aborted || member.retired) return
        try {
          if (!(await options.reclaim(member))) this.remove(member)
          else if (level.has(member) && member.sequence < position) startCatchUp(member, true)
        } catch (error) {
          logger.warn({ err: error, projection: member.projection.name }, 'a moved checkpoint could not be taken')
        }
      })
    },
    isBehind: (member) => behind.has(member),
    async stop() {
      stopping.abort()
      await gate(async () => undefined)
      await Promise.all(running)
    }
  }
}
