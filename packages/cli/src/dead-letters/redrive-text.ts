import type { ActResult, RedriveReport } from '@leadlog/operations'
import { count, counted } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'

/** What became of one dead letter, in a line. */
export function actText(id: string, result: ActResult, style: Style): string {
  switch (result.kind) {
    case 'ok':
      return `${style.good('done')}     ${id}`
    case 'failed':
      return `${style.bad('failed')}   ${id}  ${result.code}: ${result.message}`
    case 'refused':
      return `${style.warn('refused')}  ${id}  ${result.message} (${result.code})`
    case 'waiting':
      return `${style.warn('waiting')}  ${id}  The service has not answered yet; it is done when it does (command ${result.commandId})`
  }
}

/** A redrive as a person reads it. */
export function redriveText(report: RedriveReport, style: Style): string {
  const { runId, total, simulated, resolved, failedAgain, failedOtherwise, refused, remaining, stopped } = report
  const lines = [
    `${style.bold(`${count(resolved)} of ${counted(total, 'dead letter')} went through`)} (run ${runId})`,
    `tried dry: ${simulated === null ? 'the handler cannot be' : count(simulated)}; failed as before ${count(failedAgain)}, otherwise ${count(failedOtherwise)}; refused ${count(refused)}; not tried ${count(remaining)}`
  ]
  if (stopped === null) return lines.join('\n')
  const { because, phase, letterId, code, message } = stopped
  switch (because) {
    case 'same-failure':
      lines.push(
        `${style.bad('Stopped')} (${phase}) at ${letterId ?? ''}: ${code ?? ''}: ${message ?? ''}`,
        'Mend the cause, then begin a new run.'
      )
      break
    case 'no-answer':
      lines.push(
        `${style.warn('Stopped')} (${phase}) at ${letterId ?? ''}: the service has not answered, or what it needs is away.`,
        `Go on with: leadlog dead-letters retry --group <fingerprint> --run ${runId}`
      )
      break
    case 'aborted':
      lines.push(`Stopped by you. Go on with: leadlog dead-letters retry --group <fingerprint> --run ${runId}`)
  }
  return lines.join('\n')
}
