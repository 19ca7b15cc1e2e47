import { shortType } from '../events/event-line.ts'
import { counted } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'
import type { ReplayPlan } from './plan-replay.ts'

export function replayText(plan: ReplayPlan, shown: number, style: Style): string {
  const { messages, handler, stream, fromSequence, toSequence, truncated } = plan
  const done = messages.filter(({ recorded }) => recorded.length > 0).length
  const dead = messages.filter(({ deadLettered }) => deadLettered).length
  const lines = [
    `${style.bold(handler)} would get ${counted(messages.length, 'message')} of ${stream} ${String(fromSequence)}–${String(toSequence)} again:`,
    `  ${counted(done, 'message')} with effects in the log already: they are found by their ids and not repeated`,
    `  ${counted(messages.length - done, 'message')} without any: the handler decides anew (${String(dead)} of them it gave up on)`
  ]
  const table = formatTable(
    messages.slice(0, shown),
    [
      { title: 'sequence', right: true, value: ({ sequence }) => String(sequence) },
      { title: 'event', value: ({ type }) => shortType(type) },
      { title: 'says', value: ({ summary }) => summary },
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
    ...(messages.length === 0 ? [] : ['', table]),
    ...(messages.length > shown
      ? [style.dim(`and ${String(messages.length - shown)} more; raise --show, or take --json`)]
      : []),
    ...(truncated ? [style.warn('The range holds more messages; raise --limit or narrow it.')] : [])
  ].join('\n')
}
