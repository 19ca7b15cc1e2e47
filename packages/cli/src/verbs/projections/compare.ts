import { compareTables } from '@leadlog/projections'
import { number } from '../../declaration/option.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { exitCodes } from '../../exit-codes.ts'
import { comparisonText } from '../../projections/comparison-text.ts'
import { chooseFold } from '../../projections/choose-projection.ts'

export const verb = defineVerb({
  description: [
    'Row by row and column by column, both at the same place of the log, with live traffic on. Values of differing rows are',
    'shown as they are: read models hold personal data.'
  ].join('\n'),
  arguments: { name: argument('the read model') },
  options: { samples: number('show so many differing rows', { min: 0, max: 10_000, default: 20 }) },
  examples: [['leadlog projections compare leads', 'row counts, and what differs']],
  exitCodes: { 0: 'equal', 1: 'something differs', 3: 'there is no finished rebuild' },
  async run({ connect, out, signal }, { name, samples }) {
    const projection = chooseFold(name)
    const source = await connect.openLog()
    const pool = await connect.pool()
    const comparison = await compareTables({
      projection,
      source,
      pool,
      logger: await connect.logger(),
      signal,
      samples
    })
    return {
      value: { projection: projection.name, ...comparison },
      text: () => comparisonText(projection.name, comparison, out.style),
      exitCode: comparison.equal ? exitCodes.ok : exitCodes.failed
    }
  }
})
