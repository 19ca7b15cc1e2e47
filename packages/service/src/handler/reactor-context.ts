import type { Actor, RecordedEvent } from '@leadlog/contracts'
import {
  withImagined,
  type EventLog,
  type HandlerContext as DeliveryContext,
  type TransactRequest,
  type TransactResult
} from '@leadlog/event-log'
import type { Clock } from '../clock.ts'
import { onlyDeclared } from './declared-events.ts'
import type { BatchReactor, HandlerContext, Reactor } from './reactor.ts'

/** What a reactor runs on. */
export interface ReactorHost {
  readonly service: string
  readonly log: EventLog
  readonly clock: Clock
}

type AnyReactor<Deps> = Pick<Reactor<Deps> | BatchReactor<Deps>, 'name' | 'emits'>

/** The part of the log that a reactor reaches. */
type Histories = Pick<EventLog, 'load' | 'transact'>

/** How a run that an operator asked for differs from a delivery by the stream. */
export interface RunOptions {
  readonly attemptToken: string
  readonly repeats: ReadonlySet<string>
}

const BY_THE_STREAM: RunOptions = { attemptToken: '', repeats: new Set() }

/** What a reactor is given beside the event: everything that it appends is bound to the event. */
export function reactorContext<Deps>(
  reactor: AnyReactor<Deps>,
  host: ReactorHost,
  delivery: DeliveryContext,
  options: RunOptions = BY_THE_STREAM
): HandlerContext {
  return contextOver(host.log, reactor, host, delivery, options)
}

/** The same for a run of which nothing is recorded: what it decides is seen by its own later steps only. */
export function rehearsalContext<Deps>(
  reactor: AnyReactor<Deps>,
  host: ReactorHost,
  delivery: DeliveryContext,
  options: RunOptions
): HandlerContext {
  return contextOver(rehearsing(host.log), reactor, host, delivery, options)
}

function rehearsing(log: EventLog): Histories {
  const imagined: RecordedEvent[] = []
  return {
    load: async (ref) => withImagined(await log.load(ref), imagined),
    async transact(request: TransactRequest): Promise<TransactResult> {
      const result = await log.rehearse(request, imagined)
      if ('events' in result && !result.repeated) imagined.push(...result.events)
      return result
    }
  }
}

function contextOver<Deps>(
  log: Histories,
  reactor: AnyReactor<Deps>,
  { service, clock }: ReactorHost,
  delivery: DeliveryContext,
  { attemptToken, repeats }: RunOptions
): HandlerContext {
  const { cause } = delivery
  const actor: Actor = `service:${service}`
  const handlerFor = (step: string | undefined): string =>
    `${service}-${reactor.name}${step === undefined ? '' : `/${step}`}`
  const declared = onlyDeclared(`Reactor ${reactor.name}`, reactor.emits)
  const transact: HandlerContext['transact'] = ({ load, decide, nothingIsFinal, step }) =>
    log.transact({
      cause,
      actor,
      handler: handlerFor(step),
      load,
      nothingIsFinal,
      decide: (histories) => declared(decide(histories))
    })
  return {
    attempt: delivery.attempt,
    attemptToken,
    repeats,
    logger: delivery.logger,
    clock,
    signal: delivery.signal,
    load: (ref) => log.load(ref),
    transact,
    execute: ({ ref, decider, command, step }) =>
      transact({
        load: [ref],
        decide: ([history]) =>
          decider.decide(
            command,
            (history?.events ?? []).reduce((state, event) => decider.evolve(state, event), decider.initialState())
          ),
        ...(step === undefined ? {} : { step })
      })
  }
}
