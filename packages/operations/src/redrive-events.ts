import { RedriveCompleted, RedriveStarted, RedriveStopped } from '@leadlog/contracts'
import type { RedriveRequest } from './canary-redrive.ts'
import type { OperationsLog } from './dead-letter-acts.ts'
import type { RedriveReport, RedriveStop } from './redrive-report.ts'
import { recordOfRun } from './run-events.ts'

type Named = Pick<RedriveRequest, 'runId' | 'fingerprint' | 'actor' | 'letters'>

/** @throws TypeError for a name that cannot be part of a subject */
export async function recordStarted(log: OperationsLog, request: Named, canaries: number): Promise<void> {
  await recordOfRun(log, 'redrive', request, RedriveStarted, { ...factsOf(request), canaries })
}

export async function recordStopped(
  log: OperationsLog,
  request: Named,
  report: RedriveReport,
  { phase, because, letterId, code, message }: RedriveStop
): Promise<void> {
  const facts = { ...factsOf(request), ...countsOf(report), phase, because, deadLetterId: letterId, code, message }
  await recordOfRun(log, 'redrive', request, RedriveStopped, facts)
}

export async function recordCompleted(log: OperationsLog, request: Named, report: RedriveReport): Promise<void> {
  await recordOfRun(log, 'redrive', request, RedriveCompleted, { ...factsOf(request), ...countsOf(report) })
}

function factsOf({ runId, fingerprint, letters }: Named) {
  return { runId, fingerprint, total: letters.length }
}

function countsOf({ resolved, failedAgain, failedOtherwise, refused, remaining }: RedriveReport) {
  return { resolved, failed: failedAgain + failedOtherwise, refused, remaining }
}
