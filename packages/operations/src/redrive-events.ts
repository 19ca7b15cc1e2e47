import {
  derivedId,
  RedriveCompleted,
  RedriveStarted,
  RedriveStopped,
  type DataOf,
  type EventDefinition
} from '@leadlog/contracts'
import type { RedriveRequest } from './canary-redrive.ts'
import type { OperationsLog } from './dead-letter-acts.ts'
import type { RedriveReport, RedriveStop } from './redrive-report.ts'

type Named = Pick<RedriveRequest, 'runId' | 'fingerprint' | 'actor' | 'letters'>

const RUN_FORM = /^[A-Za-z0-9_-]{1,64}$/

/** @throws TypeError for a name that cannot be part of a subject */
export async function recordStarted(log: OperationsLog, request: Named, canaries: number): Promise<void> {
  if (!RUN_FORM.test(request.runId)) {
    throw new TypeError(`"${request.runId}" cannot name a run: use 1 to 64 letters, digits, dashes and underscores`)
  }
  await recordOf(log, request, RedriveStarted, { ...factsOf(request), canaries })
}

export async function recordStopped(
  log: OperationsLog,
  request: Named,
  report: RedriveReport,
  { phase, because, letterId, code, message }: RedriveStop
): Promise<void> {
  const facts = { ...factsOf(request), ...countsOf(report), phase, because, deadLetterId: letterId, code, message }
  await recordOf(log, request, RedriveStopped, facts)
}

export async function recordCompleted(log: OperationsLog, request: Named, report: RedriveReport): Promise<void> {
  await recordOf(log, request, RedriveCompleted, { ...factsOf(request), ...countsOf(report) })
}

/** The run's own place: each of its events has an id of the one before, so that a repeated append adds none. */
async function recordOf<D extends EventDefinition>(
  log: OperationsLog,
  { runId, actor }: Named,
  definition: D,
  data: DataOf<D>
): Promise<void> {
  const subject = `dead.redrive.${runId}`
  const last = await log.getLast('DEAD_LETTERS', subject)
  const after = last?.sequence ?? 0
  await log.record({
    stream: 'DEAD_LETTERS',
    subject,
    id: derivedId('redrive', runId, definition.type, String(after)),
    definition,
    aggregateId: runId,
    data,
    actor,
    cause: { id: runId, correlationId: runId },
    expectedSequence: after
  })
}

function factsOf({ runId, fingerprint, letters }: Named) {
  return { runId, fingerprint, total: letters.length }
}

function countsOf({ resolved, failedAgain, failedOtherwise, refused, remaining }: RedriveReport) {
  return { resolved, failed: failedAgain + failedOtherwise, refused, remaining }
}
