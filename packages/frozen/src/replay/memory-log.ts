import { aggregateSubject, isRefusal, type AggregateRef, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'
import { createLogger, type HandlerContext } from '@leadlog/service'
import type { FrozenEffect } from '../frozen-event.ts'

/** A log in memory for one handling: what is loaded is given, what is decided is kept. */
export interface MemoryLog {
  /** What the handler is given at its n-th attempt. */
  contextOf(attempt: number): HandlerContext
  /** So far, over all attempts. */
  readonly decided: readonly FrozenEffect[]
  /** The subjects of the aggregates that were loaded, each once, in order. */
  readonly loaded: ReadonlySet<string>
}

const logger = createLogger({ service: 'frozen', level: 'silent' })

/** @param history an aggregate's events as the handler knew them, by subject */
export function createMemoryLog(
  event: RecordedEvent,
  history: (subject: string) => Promise<readonly RecordedEvent[]>
): MemoryLog {
  const decided: FrozenEffect[] = []
  const loaded = new Set<string>()
  const own: RecordedEvent[] = []
  const bySteps = new Map<string, readonly RecordedEvent[]>()

  async function load(ref: AggregateRef): Promise<AggregateHistory> {
    const subject = aggregateSubject(ref)
    loaded.add(subject)
    const events = [...(await history(subject)), ...own.filter((one) => one.subject === subject)]
    return { ref, events, sequence: events.at(-1)?.sequence ?? 0 }
  }

  const transact: HandlerContext['transact'] = async ({ load: refs, decide, step = '' }) => {
    const histories = await Promise.all(refs.map(load))
    const before = bySteps.get(step)
    if (before) return { events: before, repeated: true }
    const decision = decide(histories)
    if (isRefusal(decision)) return { refusal: decision }
    const events = decision.map(keep)
    if (events.length > 0) bySteps.set(step, events)
    return { events, repeated: false }
  }

  function keep({ definition, aggregateId, data }: NewEvent): RecordedEvent {
    const effect = { type: definition.type, aggregateId, data: JSON.parse(JSON.stringify(data)) as unknown }
    decided.push(effect)
    const { context, aggregate, version } = definition
    const recorded: RecordedEvent = {
      specversion: '1.0',
      id: `${event.id}/${String(decided.length)}`,
      source: `leadlog/${context}`,
      type: definition.type,
      subject: aggregateSubject({ context, aggregate, id: aggregateId }),
      time: event.time,
      datacontenttype: 'application/json',
      dataschema: '',
      schemaversion: version,
      correlationid: event.correlationid,
      causationid: event.id,
      actor: `service:${context}`,
      data: effect.data,
      stream: 'EVENTS',
      sequence: Number.MAX_SAFE_INTEGER
    }
    own.push(recorded)
    return recorded
  }

  return {
    decided,
    loaded,
    contextOf: (attempt) => ({
      attempt,
      attemptToken: '',
      repeats: new Set(),
      logger,
      clock: { now: () => new Date(event.time) },
      signal: new AbortController().signal,
      load,
      transact,
      execute: ({ ref, decider, command, step }) =>
        transact({
          load: [ref],
          ...(step === undefined ? {} : { step }),
          decide: ([history]) =>
            decider.decide(
              command,
              (history?.events ?? []).reduce((state, one) => decider.evolve(state, one), decider.initialState())
            )
        })
    })
  }
}
