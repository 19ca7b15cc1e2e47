import { startBatchHandler, startHandler, type RunningHandler } from '@leadlog/event-log'
import type { FlagWatch } from '../flags/watch-flags.ts'
import type { Logger } from '../logger.ts'
import { reactorContext, type ReactorHost as RunHost } from './reactor-context.ts'
import { commonStream, subjectsOf } from './subjects.ts'
import type { BatchReactor, Reactor } from './reactor.ts'
import { runWhileOn, type Stoppable } from './while-on.ts'

/** How long a message may be silent before another process gets it; `working()` extends it while a handler runs. */
const ACK_WAIT_MS = 30_000

interface ReactorHost<Deps> extends RunHost {
  readonly deps: Deps
  readonly retryDelaysMs: readonly number[]
  readonly flags: FlagWatch
  readonly logger: Logger
}

/** Starts the durable consumers of a service's reactors; those that a flag pauses run while it is on. */
export async function startReactors<Deps>(
  reactors: readonly (Reactor<Deps> | BatchReactor<Deps>)[],
  host: ReactorHost<Deps>
): Promise<readonly Stoppable[]> {
  const { flags, logger } = host
  return Promise.all(
    reactors.map((reactor) => {
      const start = () => (reactor.kind === 'single' ? startSingle(reactor, host) : startBatch(reactor, host))
      const { name, pausedBy } = reactor
      if (pausedBy === undefined) return start()
      const isOn = () => flags.isOn(pausedBy)
      return runWhileOn(start, { isOn, onSwitch: flags.onSwitch }, logger.child({ handler: name }))
    })
  )
}

function startSingle<Deps>(reactor: Reactor<Deps>, host: ReactorHost<Deps>): Promise<RunningHandler> {
  return startHandler(host.log, {
    ...consumerOf(reactor, host),
    concurrency: reactor.concurrency,
    handle: (event, delivery) => reactor.handle(event, host.deps, reactorContext(reactor, host, delivery))
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
        deliveries.map(({ event, context }) => ({ event, context: reactorContext(reactor, host, context) })),
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
