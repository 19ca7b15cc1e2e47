import { counted } from './format.ts'

/** What a redrive says of itself, as far as its verdict needs it. */
export interface RedriveFigures {
  readonly total: number
  readonly simulated: number | null
  readonly resolved: number
  readonly failedAgain: number
  readonly failedOtherwise: number
  readonly refused: number
  readonly remaining: number
  readonly stopped: { readonly because: string; readonly phase: string } | null
}

export interface Verdict {
  readonly tone: 'success' | 'warning' | 'danger'
  readonly text: string
}

/** What became of trying dead letters again, in one or two sentences. */
export function redriveVerdict(figures: RedriveFigures | null, message: string | null): Verdict {
  if (figures === null) return { tone: 'danger', text: message ?? 'It failed before anything was tried.' }
  const { total, resolved, refused, remaining, stopped, failedOtherwise } = figures
  const through = resolved === 0 ? 'None went through' : `${counted(resolved, 'message')} went through`
  const closed = refused === 0 ? '' : `, ${counted(refused, 'message')} had been closed or had gone before`
  if (stopped === null) {
    if (failedOtherwise > 0) {
      const others = `${counted(failedOtherwise, 'message')} failed in another way and stayed open`
      return { tone: 'warning', text: `${through}${closed}; ${others}.` }
    }
    return {
      tone: 'success',
      text: resolved === total ? `All ${counted(total, 'message')} went through.` : `${through}${closed}.`
    }
  }
  const left = remaining === 0 ? '' : ` ${counted(remaining, 'message')} left untouched.`
  if (stopped.because === 'aborted') return { tone: 'warning', text: `Stopped by a person. ${through}.${left}` }
  if (stopped.because === 'no-answer') {
    return { tone: 'warning', text: `The service has not answered in time. ${through}.${left}` }
  }
  const where = stopped.phase === 'simulate' ? 'in the dry run, so nothing was sent' : 'again'
  return { tone: 'danger', text: `Stopped: the same error came ${where}. ${through}.${left} ${message ?? ''}`.trim() }
}
