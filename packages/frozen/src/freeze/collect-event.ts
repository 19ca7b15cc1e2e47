import {
  DeadLettered,
  isEvent,
  parseAggregateSubject,
  RecordWritten,
  WebhookReceived,
  WriteQueued,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { FrozenError } from '../errors.ts'
import {
  FROZEN_FORMAT,
  type FrozenConfiguration,
  type FrozenEffect,
  type FrozenEvent,
  type FrozenHandling
} from '../frozen-event.ts'
import { frozenHandlers, type FrozenHandler } from '../replay/frozen-handlers.ts'
import { handleAgain } from '../replay/handle-again.ts'
import { isSame } from '../replay/replay-frozen.ts'
import type { LogReader } from './log-reader.ts'

/** A handler that does not do again what it did, and why that may be. */
export interface NotReproduced {
  readonly service: string
  readonly handler: string
  readonly because: string
}

/** An event with its context, persons still real. */
export interface CollectedEvent {
  readonly frozen: FrozenEvent
  readonly notReproduced: readonly NotReproduced[]
}

/**
 * Reads an event and all that its handlers decided on. Each handler is run on what was read, and kept where it decides
 * what it decided then.
 *
 * @throws FrozenError FROZEN_EVENT_UNHANDLED, FROZEN_PAYLOAD_GONE
 */
export async function collectEvent(
  event: RecordedEvent,
  reader: LogReader,
  configuration: FrozenConfiguration,
  version: string
): Promise<CollectedEvent> {
  const handlers = frozenHandlers.filter((handler) => handler.takes(event))
  if (handlers.length === 0) {
    throw new FrozenError('FROZEN_EVENT_UNHANDLED', `No handler takes ${event.type}. Freeze what caused it instead`)
  }
  const body = isEvent(event, WebhookReceived) ? await reader.body(event) : null
  const effects = await reader.effectsOf(event.id)
  const histories: Record<string, RecordedEvent[]> = {}
  const persons: Record<string, string> = {}
  const collect: Collect = { event, body, configuration, reader, effects, histories, persons }
  const handlings: FrozenHandling[] = []
  const notReproduced: NotReproduced[] = []
  for (const handler of handlers) {
    const own = effects.filter(({ source, type }) => isOf(handler, source) && handler.emits.includes(type))
    const handling =
      (await collectHandling(handler, own, collect)) ??
      // Handlers of one service may emit the same events; what one of them does, the other leaves to it.
      (handlings.some(({ service }) => service === handler.service)
        ? await collectHandling(handler, [], collect)
        : null)
    if (handling) handlings.push(handling)
    else notReproduced.push({ service: handler.service, handler: handler.name, because: ANOTHER_DECISION })
  }
  const frozen = { format: FROZEN_FORMAT, version, event, body, persons, configuration, histories, handlings }
  return { frozen: JSON.parse(JSON.stringify(frozen)) as FrozenEvent, notReproduced }
}

interface Collect {
  readonly event: RecordedEvent
  readonly body: string | null
  readonly configuration: FrozenConfiguration
  readonly reader: LogReader
  readonly effects: readonly RecordedEvent[]
  readonly histories: Record<string, RecordedEvent[]>
  readonly persons: Record<string, string>
}

const ANOTHER_DECISION =
  'on what the log holds it decides something else than it did: another release or configuration decided, or what it read changed meanwhile'

function isOf({ service }: FrozenHandler, source: string): boolean {
  return source === `leadlog/${service}`
}

/** Null where the handler does not decide again what it decided. */
async function collectHandling(
  handler: FrozenHandler,
  own: readonly RecordedEvent[],
  collect: Collect
): Promise<FrozenHandling | null> {
  const { event, body, configuration, reader, histories } = collect
  const { service, name } = handler
  const recorded = own.map(effectOf)
  const error = errorOf(collect.effects, handler, own)
  for (const knew of momentsOf(event, own)) {
    const asOf: Record<string, number> = {}
    const again = await handleAgain({
      handler,
      event,
      body,
      configuration,
      persons: personsOf(collect),
      recorded,
      history: async (subject) => {
        const whole = (histories[subject] ??= [...(await reader.history(subject))])
        const known = whole.filter(({ sequence }) => sequence <= knew(subject, whole))
        asOf[subject] = known.at(-1)?.sequence ?? 0
        return known
      }
    })
    if (again.error === error && isSame(recorded, again.effects)) {
      return { service, handler: name, asOf, effects: recorded, error }
    }
  }
  return null
}

/** Asks for ids as the handler does and keeps what was asked. */
function personsOf({ reader, persons }: Collect): Readonly<Record<string, string>> {
  return new Proxy(persons, {
    get: (known, email) => (typeof email === 'string' ? (known[email] ??= reader.personId(email)) : undefined)
  })
}

/** The last sequence of an aggregate that a handler knew, of all that there are. */
type Knew = (subject: string, events: readonly RecordedEvent[]) => number

/**
 * What the handler can have known, likeliest first: all before its first effect; without an effect what was there when
 * the event was recorded, or what is there now.
 */
function* momentsOf(event: RecordedEvent, own: readonly RecordedEvent[]): Generator<Knew> {
  const [first] = own
  if (first) {
    const before = first.sequence - 1
    const written = own.find((effect) => isEvent(effect, RecordWritten))
    if (written && isEvent(written, RecordWritten)) yield knewBeforeCall(written.data, before)
    yield () => before
    return
  }
  if (event.stream === 'EVENTS') yield () => event.sequence
  yield () => Number.MAX_SAFE_INTEGER
  if (event.stream !== 'EVENTS') yield () => 0
}

/** A call to the CRM takes its time, and the log goes on meanwhile; what was written tells what was known before it. */
function knewBeforeCall({ leadSequence, writeIds }: DataOf<typeof RecordWritten>, before: number): Knew {
  return (subject, events) => {
    if (subject.startsWith('crm.lead.')) return leadSequence
    const queued = events.filter((one) => isEvent(one, WriteQueued)).filter(({ sequence }) => sequence <= before)
    const newest = queued.findLast(({ data }) => writeIds.includes(data.writeId))
    const later = queued.find(({ sequence }) => newest !== undefined && sequence > newest.sequence)
    return later === undefined ? before : later.sequence - 1
  }
}

function effectOf({ type, subject, data }: RecordedEvent): FrozenEffect {
  return { type, aggregateId: parseAggregateSubject(subject).id, data }
}

/** Null also where the handling was repeated after it had been given up, and had its effect then. */
function errorOf(
  effects: readonly RecordedEvent[],
  { service, name }: FrozenHandler,
  own: readonly RecordedEvent[]
): string | null {
  const dead = effects
    .filter((effect) => isEvent(effect, DeadLettered))
    .findLast(({ data }) => data.service === service && data.handler === name)
  const last = own.at(-1)
  return dead && (last === undefined || last.time <= dead.time) ? dead.data.code : null
}
