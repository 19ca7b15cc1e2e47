import { bytes, count, counted, duration } from '../output/quantity.ts'
import { timeText } from '../output/time-text.ts'
import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'
import type { HandlerState } from './handlers.ts'
import type { Status } from './status.ts'

/** A status as a person reads it: what is wrong comes last, where the eye is. */
export function statusText(status: Status, style: Style): string {
  const { versions, services, streams, handlers, flagsOff, projections, ledgerToday, openDeadLetters } = status
  const off = new Set<string | null>((flagsOff ?? []).map(({ flag }) => flag))
  const parts = [
    [
      `${style.bold('system')}      ${status.system === 'local' ? 'local' : 'named by the environment'}, leadlog ${versions.leadlog}`,
      `${style.bold('servers')}     NATS ${versions.nats ?? 'away'}, Postgres ${versions.postgres ?? 'away'}, durability ${status.durability ?? 'unknown'}`
    ].join('\n'),
    formatTable(
      services,
      [
        { title: 'service', value: ({ service }) => service },
        { title: 'state', value: (service) => serviceState(service, handlers, style) },
        { title: 'address', value: ({ url }) => style.dim(url ?? 'not known here') },
        { title: '', value: ({ detail }) => detail ?? '' }
      ],
      style
    ),
    ...(streams === null
      ? []
      : [
          formatTable(
            streams.filter(({ exists }) => exists),
            [
              { title: 'stream', value: ({ stream }) => stream },
              { title: 'messages', right: true, value: ({ messages }) => count(messages) },
              { title: 'size', right: true, value: (stream) => bytes(stream.bytes) },
              { title: 'last', right: true, value: ({ lastSequence }) => count(lastSequence) },
              { title: 'replicas', right: true, value: ({ replicas }) => String(replicas) }
            ],
            style
          )
        ]),
    ...(handlers === null
      ? []
      : [
          formatTable(
            handlers,
            [
              { title: 'handler', value: ({ service, handler }) => `${service}/${handler}` },
              { title: 'waiting', right: true, value: ({ waiting }) => count(waiting) },
              { title: 'in hand', right: true, value: ({ inHand }) => count(inHand) },
              {
                title: '',
                value: (handler) => handlerNote(handler, off.has(handler.pausedBy), style)
              }
            ],
            style
          )
        ]),
    ...(projections === null
      ? []
      : [
          formatTable(
            projections,
            [
              { title: 'read model', value: ({ projection }) => projection },
              { title: 'stream', value: ({ stream }) => stream },
              { title: 'at', right: true, value: ({ sequence }) => count(sequence) },
              { title: 'behind', right: true, value: ({ lagEvents }) => count(lagEvents) },
              {
                title: 'lag',
                right: true,
                value: ({ lagSeconds }) => (lagSeconds === 0 ? '' : duration(lagSeconds * 1_000))
              },
              { title: 'parked', right: true, value: ({ parkedKeys }) => (parkedKeys === 0 ? '' : count(parkedKeys)) }
            ],
            style
          )
        ]),
    ...(ledgerToday === null
      ? []
      : [
          [
            `${style.bold('today')}         ${counted(ledgerToday.received, 'webhook')} = ${count(ledgerToday.processed)} processed + ${count(ledgerToday.ignored)} ignored + ${count(ledgerToday.processing)} under way + ${count(ledgerToday.failed)} failed`,
            `${style.bold('dead letters')}  ${count(openDeadLetters ?? 0)} open`
          ].join('\n')
        ]),
    ...(flagsOff === null || flagsOff.length === 0
      ? []
      : [
          [
            style.bold('switched off'),
            ...flagsOff.map(
              ({ flag, means, since, by, reason }) =>
                `  ${style.warn(flag)}  since ${timeText(since)} by ${by}: ${reason}\n    ${style.dim(means)}`
            )
          ].join('\n')
        ]),
    status.problems.length === 0
      ? style.good('Nothing needs a person.')
      : [
          style.bad(counted(status.problems.length, 'thing needs a person:', 'things need a person:')),
          ...status.problems.map(({ what, next }) => `  ${style.bad('•')} ${what}\n    ${style.dim(`→ ${next}`)}`)
        ].join('\n')
  ]
  return parts.join('\n\n')
}

function serviceState(
  { service, state, switchedOff }: Status['services'][number],
  handlers: readonly HandlerState[] | null,
  style: Style
): string {
  if (switchedOff) return style.dim('switched off')
  switch (state) {
    case 'ready':
      return style.good('ready')
    case 'not-ready':
      return style.warn('not ready')
    case 'unreachable':
      return style.bad('no answer')
    case 'unknown': {
      const own = handlers?.filter((handler) => handler.service === service) ?? []
      if (own.length === 0) return style.dim('unknown')
      return own.some(({ attended }) => attended) ? style.good('handles messages') : style.bad('handles nothing')
    }
  }
}

function handlerNote({ attended, exists }: HandlerState, isOff: boolean, style: Style): string {
  if (isOff) return style.dim('switched off')
  return attended ? '' : style.warn(exists ? 'nobody asks' : 'never ran')
}
