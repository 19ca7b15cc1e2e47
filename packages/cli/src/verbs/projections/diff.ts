import { compareTables, diffRows } from '@leadlog/projections'
import { flag, number, text } from '../../declaration/option.ts'
import { moment, momentText } from '../../declaration/moment.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'
import { exitCodes } from '../../exit-codes.ts'
import { chooseFold } from '../../projections/choose-projection.ts'
import { comparisonText } from '../../projections/comparison-text.ts'
import { differenceCounts, differencesText } from '../../projections/difference-text.ts'
import { foldAt, shownRow } from '../../projections/fold-at.ts'

export const verb = defineVerb({
  description: [
    'Between two moments of the log (--from, --to); without them between the live table and a finished rebuild, which is how two',
    'versions are compared. Between moments, personal values stay sealed without --reveal, and their changes are not seen.'
  ].join('\n'),
  arguments: { name: argument('the read model') },
  options: {
    from: moment('the earlier moment'),
    to: moment('the later moment, now where it is left out'),
    key: text('only this row', { short: 'k', placeholder: '<key>' }),
    samples: number('show so many differing rows', { min: 0, max: 10_000, default: 50 }),
    reveal: flag('open personal values; needs the master key')
  },
  examples: [
    ['leadlog projections diff leads --from 1d', 'what changed since yesterday'],
    ['leadlog projections diff leads --from 1200 --to 1300 --key 4f1c…', 'one row between two sequences'],
    ['leadlog projections diff leads', 'the live table against the rebuilt one']
  ],
  exitCodes: { 0: 'equal', 1: 'something differs' },
  async run(context, { name, from, to, key, samples, reveal }) {
    const projection = chooseFold(name)
    const { connect, out, signal, now } = context
    if (from === undefined) {
      if (to !== undefined || key !== undefined)
        throw usageError('--to and --key need --from. See: leadlog projections diff --help')
      const options = {
        projection,
        source: await connect.openLog(),
        pool: await connect.pool(),
        logger: await connect.logger()
      }
      const comparison = await compareTables({ ...options, signal, samples })
      return {
        value: { projection: projection.name, ...comparison },
        text: () => comparisonText(projection.name, comparison, out.style),
        exitCode: comparison.equal ? exitCodes.ok : exitCodes.failed
      }
    }
    const end = to ?? { time: now() }
    const before = await foldAt(context, { projection, at: from, key, reveal })
    const after = await foldAt(context, { projection, at: end, key, reveal })
    const shown = (rows: typeof before.rows) =>
      new Map([...rows].map(([rowKey, row]) => [rowKey, shownRow(row, reveal)] as const))
    const changes = diffRows(shown(before.rows), shown(after.rows))
    return {
      value: { from, to: end, rowsBefore: before.rows.size, rowsAfter: after.rows.size, changes },
      text: () =>
        [
          `${out.style.bold(projection.name)} from ${momentText(from)} to ${momentText(end)}: ${differenceCounts(changes)}`,
          ...(changes.length === 0 ? [] : [differencesText(changes.slice(0, samples), out.style)]),
          ...(changes.length > samples
            ? [out.style.dim(`and ${String(changes.length - samples)} more rows; raise --samples`)]
            : [])
        ].join('\n'),
      exitCode: changes.length === 0 ? exitCodes.ok : exitCodes.failed
    }
  }
})
