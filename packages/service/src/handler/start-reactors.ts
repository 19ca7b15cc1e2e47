import type { Actor } from '@leadlog/contracts'
import {
  startBatchHandler,
  startHandler,
  type EventLog,
  type HandlerContext as DeliveryContext,
  type RunningHandler
} from '@leadlog/event-log'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logger.ts'
import { onlyDeclared } from './declared-events.ts'
import { commonStream, subjectsOf } from './subjects.ts'
import type { BatchReactor, HandlerContext, Reactor } from './reactor.ts'

/** How long a message may be silent before another process gets it; `working()` extends it while a handler runs. */
const ACK_WAIT_MS = 30_000

interface ReactorHost<Deps> {
  readonly service: string
  readonly log: EventLog
  readonly deps: Deps
  readonly logger: Logger
  readonly clock: Clock
  readonly retryDelaysMs: readonly number[]
}

/** Starts the durable consumers of a service's reactors. */
export async function startReactors<Deps>(
  reactors: readonly (Reactor<Deps> | BatchReactor<Deps>)[],
  host: ReactorHost<Deps>
): Promise<readonly RunningHandler[]> {
  return Promise.all(
    reactors.map((reactor) => (reactor.kind === 'single' ? startSingle(reactor, host) : startBatch(reactor, host)))
  )
}

function startSingle<Deps>(reactor: Reactor<Deps>, host: ReactorHost<Deps>): Promise<RunningHandler> {
  return startHandler(host.log, {
    ...consumerOf(reactor, host),
    concurrency: reactor.concurrency,
    handle: (event, delivery) => reactor.handle(event, host.deps, contextFor(reactor, host, delivery))
  })
}

function startBatch<Deps>(reactor: BatchReactor<Deps>, host: ReactorHost<Deps>): Promise<RunningHandler> {
  return startBatchHandler(host.log, {
    ...consumerOf(reactor, host),
    concurrency: reactor.concurrency,
    maxBatch: reactor.maxBatch,
    maxBatchWaitMs: reactor.maxBatchWaitMs,
    handleBatch: async (deliveries) => {
      const outcomes = await reactor.handleBatch(
        deliveries.map(({ event, context }) => ({ event, context: contextFor(reactor, host, context) })),
        host.deps
      )
      return outcomes.map((outcome) => (outcome.done ? { kind: 'ack' } : { kind: 'failed', error: outcome.error }))
    }
  })
}

function consumerOf<Deps>(reactor: Reactor<Deps> | BatchReactor<Deps>, host: ReactorHost<Deps>) {
  return {
    service: host.service,
    handler: reactor.name,
    stream: commonStream(reactor.on),
    subjects: reactor.subjects ?? subjectsOf(reactor.on),
    types: reactor.on.map((definition) => definition.type),
    ackWaitMs: ACK_WAIT_MS,
    retryDelaysMs: host.retryDelaysMs,
    ...(reactor.orderKey ? { orderKey: reactor.orderKey } : {})
  }
}

function contextFor<Deps>(
  reactor: Reactor<Deps> | BatchReactor<Deps>,
  host: ReactorHost<Deps>,
  delivery: DeliveryContext
): HandlerContext {
  const { cause } = delivery
  const actor: Actor = `service:${host.service}`
  const handlerFor = (step: string | undefined): string =>
    `${host.service}-${reactor.name}${step === undefined ? '' : `/${step}`}`
  const declared = onlyDeclared(`Reactor ${reactor.name}`, reactor.emits)
  return {
    attempt: delivery.attempt,
    logger: delivery.logger,
    clock: host.clock,
    signal: delivery.signal,
    load: (ref) => host.log.load(ref),
    transact: ({ load, decide, step }) =>
      host.log.transact({
        cause,
        actor,
        handler: handlerFor(step),
        load,
        decide: (histories) => declared(decide(histories))
      }),
    execute: ({ ref, decider, command, step }) =>
      host.log.execute({
        cause,
        actor,
        handler: handlerFor(step),
        ref,
        command,
        decider: { ...decider, decide: (asked, state) => declared(decider.decide(asked, state)) }
      })
  }
}
