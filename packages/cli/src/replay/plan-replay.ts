import type { RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { EventIndexRow } from '@leadlog/gateway/read-models'
import type { Moment } from '../declaration/moment.ts'
import type { EventFinder } from '../events/event-finder.ts'
import { indexed } from '../events/indexed.ts'
import { sequenceAt, streamRange } from '../events/sequence-at.ts'
import type { DeclaredHandler } from '../system/manifests.ts'

/** A message that a handler would get again, and what it led to when it was handled before. */
export interface ReplayedMessage {
  readonly sequence: number
  readonly id: string
  readonly type: string
  readonly time: string
  readonly summary: string
  /** Events of the handler's service that are recorded with this message as their cause: found again, not repeated. */
  readonly recorded: readonly { readonly id: string; readonly type: string }[]
  /** The handler gave up on it. */
  readonly deadLettered: boolean
}

export interface ReplayPlan {
  readonly handler: string
  readonly stream: string
  readonly fromSequence: number
  readonly toSequence: number
  readonly messages: readonly ReplayedMessage[]
  /** Effects on the outside that the handler can make once more where they are named. */
  readonly repeatable: readonly string[]
  /** Those that were named. */
  readonly repeatEffects: readonly string[]
  /** True where the range holds more messages than were looked at. */
  readonly truncated: boolean
}

const READ_EVENTS = 500
const READ_WAIT_MS = 20

/** What handling the range again would meet. Reads only. */
export async function planReplay(options: {
  readonly log: EventLog
  readonly finder: EventFinder
  readonly handler: DeclaredHandler
  readonly from: Moment
  readonly to: Moment | undefined
  readonly limit: number
  readonly repeatEffects: readonly string[]
  readonly signal: AbortSignal
}): Promise<ReplayPlan> {
  const { log, finder, handler, from, to, limit, repeatEffects, signal } = options
  const { last } = await streamRange(log, handler.stream)
  const fromSequence = await sequenceAt(log, handler.stream, from)
  const toSequence =
    to === undefined ? last : Math.min(last, (await sequenceAt(log, handler.stream, to)) - ('time' in to ? 1 : 0))
  const events: RecordedEvent[] = []
  if (fromSequence <= toSequence) {
    const request = { stream: handler.stream, subjects: handler.subjects, fromSequence, untilSequence: toSequence }
    for await (const batch of log.batches({ ...request, maxEvents: READ_EVENTS, maxWaitMs: READ_WAIT_MS, signal })) {
      events.push(...batch.events.filter((event) => handler.on.includes(event.type)))
      if (events.length > limit) break
    }
    signal.throwIfAborted()
  }
  const taken = events.slice(0, limit)
  const effects = await finder.find({ causationIds: taken.map(({ id }) => id) }, limit * EFFECTS_PER_MESSAGE)
  return {
    handler: `${handler.service}-${handler.handler}`,
    stream: handler.stream,
    fromSequence,
    toSequence,
    messages: taken.map((event) => messageOf(event, effects, handler)),
    repeatable: handler.repeatable,
    repeatEffects,
    truncated: events.length > limit
  }
}

/** A message leads to a handful of events. */
const EFFECTS_PER_MESSAGE = 20

function messageOf(
  event: RecordedEvent,
  effects: readonly EventIndexRow[],
  { service, handler, emits }: DeclaredHandler
): ReplayedMessage {
  const own = effects.filter((effect) => effect.causation_id === event.id)
  return {
    sequence: event.sequence,
    id: event.id,
    type: event.type,
    time: event.time,
    summary: indexed(event)?.summary ?? event.type,
    recorded: own
      .filter(({ source, type }) => source === `leadlog/${service}` && emits.includes(type))
      .map(({ id, type }) => ({ id, type })),
    deadLettered: own.some(
      ({ type, facts }) =>
        type === 'ops.DeadLettered.v1' && facts['service'] === service && facts['handler'] === handler
    )
  }
}
