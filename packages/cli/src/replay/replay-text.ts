import { shortType } from '../events/event-line.ts'
import { count, counted } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'
import type { ReplayReport } from '@leadlog/operations'
import type { ReplayPlan } from './plan-replay.ts'

export function replayText(plan: ReplayPlan, shown: number, style: Style): string {
  const { messages, handler, stream, fromSequence, toSequence, truncated } = plan
  const done = messages.filter(({ recorded, deadLettered }) => recorded.length > 0 && !deadLettered).length
  const dead = messages.filter(({ deadLettered }) => deadLettered).length
  const lines = [
    `${style.bold(handler)} would get ${counted(messages.length, 'message')} of ${stream} ${String(fromSequence)}–${String(toSequence)} again:`,
    `  ${counted(done, 'message')} with effects in the log already: they are found by their ids and not repeated`,
    `  ${counted(messages.length - done - dead, 'message')} without any: the handler decides anew, and may find nothing to do`,
    ...(dead === 0
      ? []
      : [`  ${counted(dead, 'message')} that it gave up on: left out; see leadlog dead-letters list`]),
    effectsLine(plan, style)
  ]
  const table = formatTable(
    messages.slice(0, shown),
    [
      { title: 'sequence', right: true, value: ({ sequence }) => String(sequence) },
      { title: 'event', value: ({ type }) => shortType(type) },
      { title: 'says', cut: true, value: ({ summary }) => summary },
      {
        title: 'recorded already',
        value: ({ recorded, deadLettered }) =>
          recorded.length > 0
            ? recorded.map(({ type }) => shortType(type)).join(', ')
            : deadLettered
              ? style.bad('given up')
              : style.warn('nothing')
      }
    ],
    style
  )
  return [
    ...lines,
    ...(messages.length === 0 || shown === 0 ? [] : ['', table]),
    ...(messages.length > shown
      ? [style.dim(`and ${String(messages.length - shown)} more; raise --show, or take --json`)]
      : []),
    ...(truncated ? [style.warn('The range holds more messages; raise --limit or narrow it.')] : [])
  ].join('\n')
}

function effectsLine({ repeatable, repeatEffects }: ReplayPlan, style: Style): string {
  if (repeatEffects.length > 0) return `  ${style.bad(`made once more on the outside: ${repeatEffects.join(', ')}`)}`
  return repeatable.length === 0
    ? '  nothing on the outside is repeated'
    : `  nothing on the outside is repeated, unless --repeat-effects names it: ${repeatable.join(', ')}`
}

/** What a replay did. */
export function replayReportText(plan: ReplayPlan, report: ReplayReport, style: Style): string {
  const { runId, total, replayed, refused, remaining, stopped } = report
  const lines = [
    `${style.bold(`${count(replayed)} of ${counted(total, 'message')} given to ${plan.handler} again`)} (run ${runId})`,
    ...(refused === 0 ? [] : [`${counted(refused, 'message')} gone from ${plan.stream}`])
  ]
  if (stopped === null) return lines.join('\n')
  const { because, atSequence, code, message } = stopped
  const place = `${plan.stream}:${String(atSequence)}`
  const left = `${counted(remaining, 'message')} left`
  const again = `leadlog replay --handler ${plan.handler} --from ${String(atSequence)} --to ${String(plan.messages.at(-1)?.sequence ?? plan.toSequence)} --run`
  switch (because) {
    case 'failure':
      lines.push(
        `${style.bad('Stopped')} at ${place}, ${left}: ${code ?? ''}: ${message ?? ''}`,
        `Mend the cause, then go on with: ${again}`
      )
      break
    case 'no-answer':
      lines.push(
        `${style.warn('Stopped')} at ${place}, ${left}: the service has not answered, or what it needs is away.`,
        `Look with: leadlog status. Then go on with: ${again}`
      )
      break
    case 'aborted':
      lines.push(`Stopped by you at ${place}, ${left}. Go on with: ${again}`)
  }
  return lines.join('\n')
}
