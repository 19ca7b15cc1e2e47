import { retryParked } from '@leadlog/projections'
import { text } from '../../../declaration/option.ts'
import { argument, defineVerb } from '../../../declaration/verb.ts'
import { exitCodes } from '../../../exit-codes.ts'
import { counted } from '../../../output/quantity.ts'
import { chooseProjection } from '../../../projections/choose-projection.ts'

export const verb = defineVerb({
  description:
    'For use after the handler was mended and the service restarted. Applies the waiting events in their order, as far as they go.',
  arguments: { name: argument('the read model') },
  options: { key: text('only this row', { short: 'k', placeholder: '<key>' }) },
  examples: [['leadlog projections parked retry leads', 'tries every row that stands still']],
  exitCodes: { 0: 'no row stands still any more', 1: 'some stopped again' },
  async run({ connect, out }, { name, key }) {
    const projection = chooseProjection(name)
    const options = { projection, pool: await connect.pool(), source: await connect.openLog() }
    const outcomes = await retryParked({ ...options, ...(key === undefined ? {} : { key }) })
    const stopped = outcomes.filter(({ error }) => error !== null)
    return {
      value: { outcomes },
      text: () =>
        outcomes.length === 0
          ? 'No row stands still.'
          : outcomes
              .map(({ key: row, applied, remaining, error }) =>
                error === null
                  ? `${out.style.good('free')}    ${row}: ${counted(applied, 'event')} applied`
                  : `${out.style.bad('stopped')} ${row}: ${counted(applied, 'event')} applied, ${String(remaining)} wait: ${error}`
              )
              .join('\n'),
      exitCode: stopped.length === 0 ? exitCodes.ok : exitCodes.failed
    }
  }
})
