import { canaryRedrive, type DeadLetterPlace, type OperationsLog, type RedriveReport } from '@leadlog/operations'
import type { DoWork } from '../work/work-runner.ts'
import type { WorkEnd } from '../work/work.ts'

/** What a redrive was asked to do: these letters of one kind of failure, oldest first. */
export interface RedriveOrder {
  readonly fingerprint: string
  readonly letters: readonly DeadLetterPlace[]
}

/** Tries dead letters of one kind again, as the operator's own program does it; the same name finds what was done before. */
export function redriveLetters(log: OperationsLog): DoWork {
  return async ({ id, actor, order, signal, progress }) => {
    const { fingerprint, letters } = order as unknown as RedriveOrder
    const report = await canaryRedrive(log, {
      letters,
      fingerprint,
      runId: id,
      actor,
      signal,
      onProgress: (now) => progress({ ...now, perSecond: null, targets: [] })
    })
    return endOf(report)
  }
}

function endOf(report: RedriveReport): WorkEnd {
  const { stopped } = report
  if (stopped === null) return { state: 'done', result: { ...report } }
  if (stopped.because === 'aborted') return { state: 'stopped', code: null, message: null, result: { ...report } }
  const noAnswer = 'The service has not answered. What was asked of it is done when it is back'
  return {
    state: 'failed',
    code: stopped.code ?? 'REDRIVE_NO_ANSWER',
    message: stopped.message ?? noAnswer,
    result: { ...report }
  }
}
