import { findDeadLetterGroups, findDeadLetters } from '@leadlog/gateway/read-models'
import { openReads } from '../../dead-letters/open-reads.ts'
import { flag, number, oneOf, text } from '../../declaration/option.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { exitCodes } from '../../exit-codes.ts'
import { count } from '../../output/quantity.ts'
import { formatTable } from '../../output/table.ts'
import { timeText } from '../../output/time-text.ts'

const NEXT_OF_GROUPS =
  '\n→ leadlog dead-letters list --group <group>; when the cause is mended: leadlog dead-letters retry --group <group>'

export const verb = defineVerb({
  description: 'By kind of failure, those that came last first; --all or --group lists each dead letter.',
  options: {
    all: flag('single dead letters instead of groups'),
    state: oneOf('which', ['open', 'resolved', 'discarded', 'all']),
    service: text('only of this service', { placeholder: '<service>' }),
    handler: text('only of this handler', { placeholder: '<handler>' }),
    group: text('each one of this group', { placeholder: '<fingerprint>' }),
    limit: number('with --all or --group: so many', { min: 1, max: 10_000, default: 50 })
  },
  examples: [
    ['leadlog dead-letters list', 'what waits for you'],
    ['leadlog dead-letters list --group 3f0c', 'each one of a group'],
    ['leadlog dead-letters list --state discarded --all', 'what was given up, and why']
  ],
  exitCodes: { 0: 'none is listed', 1: 'some are' },
  async run(context, { all, state, service, handler, group, limit }) {
    const db = await openReads(context)
    const { style } = context.out
    const exitOf = (some: readonly unknown[]) => (some.length > 0 ? exitCodes.failed : exitCodes.ok)
    if (!all && group === undefined) {
      const groups = await findDeadLetterGroups(db, { state, service, handler })
      return {
        value: groups,
        text: () =>
          groups.data.length === 0
            ? 'There are none.'
            : formatTable(
                groups.data,
                [
                  { title: 'group', value: ({ fingerprint }) => fingerprint },
                  { title: 'letters', right: true, value: (one) => count(one.count) },
                  { title: 'handler', value: (one) => `${one.service}/${one.handler}` },
                  { title: 'last', optional: true, value: ({ lastAt }) => timeText(lastAt) },
                  { title: 'because', cut: true, value: ({ code, message }) => `${code}: ${message}` }
                ],
                style
              ) + NEXT_OF_GROUPS,
        exitCode: exitOf(groups.data)
      }
    }
    const filter = {
      state: state === 'all' ? undefined : state,
      service,
      handler,
      fingerprint: group,
      code: undefined,
      receivedEventId: undefined
    }
    const { data } = await findDeadLetters(db, filter, '-at', { limit, cursor: undefined })
    return {
      value: { data },
      text: () =>
        data.length === 0
          ? 'There are none.'
          : formatTable(
              data,
              [
                { title: 'id', value: ({ id }) => id },
                { title: 'state', value: (one) => one.state },
                { title: 'handler', value: (one) => `${one.service}/${one.handler}` },
                { title: 'at', optional: true, value: ({ at }) => timeText(at) },
                { title: 'about', optional: true, value: ({ eventType }) => eventType ?? '' },
                {
                  title: 'because',
                  cut: true,
                  value: ({ code, message, discardReason }) => discardReason ?? `${code}: ${message}`
                }
              ],
              style
            ),
      exitCode: exitOf(data)
    }
  }
})
