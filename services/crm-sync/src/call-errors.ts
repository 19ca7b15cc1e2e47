import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError, type EffectOutcome } from '@leadlog/outbound'
import { noCall } from './call-figures.ts'
import type { CallFailure, CallFigures, RecordAnswer } from './crm-provider.ts'

/** The CRM's refusal on its way through the effect ledger, which knows errors only. */
export class RefusedError extends PermanentError {
  readonly refusal: Extract<CallFailure, { kind: 'refused' }>
  readonly figures: CallFigures

  constructor(refusal: Extract<CallFailure, { kind: 'refused' }>, figures: CallFigures) {
    super('CRM_SYNC_REFUSED', refusal.message)
    this.name = 'RefusedError'
    this.refusal = refusal
    this.figures = figures
  }
}

/** What went wrong, as the effect ledger takes it. */
export function errorOf(failure: CallFailure, figures: CallFigures): Error {
  switch (failure.kind) {
    case 'refused':
      return new RefusedError(failure, figures)
    case 'unknown':
      return new OutcomeUnknownError(failure.reason, {
        reason: 'unreadable-answer',
        countsAsAttempt: failure.vendorAway !== true
      })
    case 'failed':
      return failure.error
  }
}

/** A record that was written, with the figures of the call. */
export interface WrittenFigures extends CallFigures {
  readonly crmId: string
  readonly action: 'insert' | 'update'
  readonly batchSize: number
}

/** An answer as the effect ledger takes it; `kept` says what it keeps of a record that was written. */
export function effectOutcome<Kept>(
  answer: RecordAnswer | undefined,
  kept: (written: WrittenFigures) => Kept
): EffectOutcome<Kept> {
  if (answer === undefined) return { outcome: 'unknown' }
  const { outcome, ...figures } = answer
  switch (outcome.kind) {
    case 'written':
      return { outcome: 'done', response: kept({ crmId: outcome.crmId, action: outcome.action, ...figures }) }
    case 'unknown':
      return { outcome: 'unknown', error: errorOf(outcome, figures) }
    case 'refused':
    case 'failed':
      return { outcome: 'failed', error: errorOf(outcome, figures) }
  }
}

/** What went wrong, as the ledger gives it back. */
export function failureOf(error: unknown): { outcome: CallFailure } & CallFigures {
  if (error instanceof RefusedError) return { outcome: error.refusal, ...error.figures }
  if (error instanceof OutcomeUnknownError) {
    const away = error.countsAsAttempt ? {} : ({ vendorAway: true } as const)
    return { outcome: { kind: 'unknown', reason: error.message, ...away }, ...noCall }
  }
  if (error instanceof PermanentError || error instanceof TransientError) {
    return { outcome: { kind: 'failed', error }, ...noCall }
  }
  const message = `The write failed here: ${error instanceof Error ? error.message : String(error)}`
  return {
    outcome: { kind: 'failed', error: new TransientError('CRM_SYNC_WRITE_FAILED', message, { cause: error }) },
    ...noCall
  }
}
