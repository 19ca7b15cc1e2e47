import { derivedId, type Actor, type DataOf, type EventDefinition } from '@leadlog/contracts'
import type { OperationsLog } from './dead-letter-acts.ts'

const RUN_FORM = /^[A-Za-z0-9_-]{1,64}$/

/**
 * Records an event of an operator's run, in the run's own place: each of its events has an id of the one before, so that a
 * repeated append adds none.
 *
 * @throws TypeError for a name that cannot be part of a subject
 */
export async function recordOfRun<D extends EventDefinition>(
  log: OperationsLog,
  kind: 'redrive' | 'replay',
  { runId, actor }: { readonly runId: string; readonly actor: Actor },
  definition: D,
  data: DataOf<D>
): Promise<void> {
  if (!RUN_FORM.test(runId)) {
    throw new TypeError(`"${runId}" cannot name a run: use 1 to 64 letters, digits, dashes and underscores`)
  }
  const subject = `dead.${kind}.${runId}`
  const last = await log.getLast('DEAD_LETTERS', subject)
  const after = last?.sequence ?? 0
  await log.record({
    stream: 'DEAD_LETTERS',
    subject,
    id: derivedId(kind, runId, definition.type, String(after)),
    definition,
    aggregateId: runId,
    data,
    actor,
    cause: { id: runId, correlationId: runId },
    expectedSequence: after
  })
}
