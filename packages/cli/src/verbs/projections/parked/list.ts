import { listParked } from '@leadlog/projections'
import { defineVerb, optionalArgument } from '../../../declaration/verb.ts'
import { exitCodes } from '../../../exit-codes.ts'
import { formatTable } from '../../../output/table.ts'
import { timeText } from '../../../output/time-text.ts'
import { chooseProjection } from '../../../projections/choose-projection.ts'

const NEXT = '\n→ mend the cause, then: leadlog projections parked retry <read model>'

export const verb = defineVerb({
  description: 'A row whose event could not be applied stands still with its later events; every other row goes on.',
  arguments: { name: optionalArgument('only this read model') },
  examples: [['leadlog projections parked list', 'each row that stands still, and why']],
  exitCodes: { 0: 'no row stands still', 1: 'some do' },
  async run({ connect, out }, { name }) {
    const parked = await listParked(await connect.pool(), name === undefined ? undefined : chooseProjection(name).name)
    return {
      value: { parked },
      text: () =>
        parked.length === 0
          ? 'No row stands still.'
          : formatTable(
              parked,
              [
                { title: 'read model', value: ({ projection }) => projection },
                { title: 'row', value: ({ key }) => key },
                {
                  title: 'stands before',
                  value: ({ stream, sequence, eventType }) => `${stream}:${String(sequence)} ${eventType}`
                },
                { title: 'events', right: true, optional: true, value: ({ events }) => String(events) },
                { title: 'since', optional: true, value: ({ parkedAt }) => timeText(parkedAt) },
                {
                  title: 'because',
                  cut: true,
                  value: ({ code, message }) => [code, message].filter((part) => part !== '').join(': ')
                }
              ],
              out.style
            ) + NEXT,
      exitCode: parked.length === 0 ? exitCodes.ok : exitCodes.failed
    }
  }
})
