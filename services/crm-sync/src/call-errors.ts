import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError } from '@leadlog/outbound'
import type { CallFailure, CallFigures } from './crm-provider.ts'

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

const noFigures: CallFigures = { httpStatus: null, waitedMs: 0, latencyMs: 0 }

/** What went wrong, as the ledger gives it back. */
export function failureOf(error: unknown): { outcome: CallFailure } & CallFigures {
  if (error instanceof RefusedError) return { outcome: error.refusal, ...error.figures }
  if (error instanceof OutcomeUnknownError) {
    const away = error.countsAsAttempt ? {} : ({ vendorAway: true } as const)
    return { outcome: { kind: 'unknown', reason: error.message, ...away }, ...noFigures }
  }
  if (error instanceof PermanentError || error instanceof TransientError) {
    return { outcome: { kind: 'failed', error }, ...noFigures }
  }
  const message = `The write failed here: ${error instanceof Error ? error.message : String(error)}`
  return {
    outcome: { kind: 'failed', error: new TransientError('CRM_SYNC_WRITE_FAILED', message, { cause: error }) },
    ...noFigures
  }
}
