import type { RecordedEvent } from '@leadlog/contracts'
import type { BatchReactor, HandlerContext, Reactor } from './reactor.ts'

/** Runs one event through a reactor, outside of its consumer. @throws what decides its outcome */
export async function runReactor<Deps>(
  reactor: Reactor<Deps> | BatchReactor<Deps>,
  event: RecordedEvent,
  deps: Deps,
  context: HandlerContext
): Promise<void> {
  if (reactor.kind === 'single') return reactor.handle(event, deps, context)
  const [outcome] = await reactor.handleBatch([{ event, context }], deps)
  if (!outcome) throw new TypeError(`${reactor.name} returned no outcome for one event`)
  if (outcome.done) return
  throw outcome.error instanceof Error
    ? outcome.error
    : new TypeError(`${reactor.name} failed with ${String(outcome.error)}`)
}
