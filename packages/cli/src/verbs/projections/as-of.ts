import { flag, text } from '../../declaration/option.ts'
import { moment, momentText } from '../../declaration/moment.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'
import { exitCodes } from '../../exit-codes.ts'
import { count, counted } from '../../output/quantity.ts'
import { foldAt, shownRow } from '../../projections/fold-at.ts'
import { chooseFold } from '../../projections/choose-projection.ts'

export const verb = defineVerb({
  description: [
    'Folds the rows from the log; no table is read or written, so it works without Postgres. Without --reveal personal values',
    'stay sealed and are empty. A sequence is one of EVENTS (or of the first stream of a read model that does not read EVENTS).'
  ].join('\n'),
  arguments: { name: argument('the read model') },
  options: {
    at: moment('the moment'),
    key: text('only this row', { short: 'k', placeholder: '<key>' }),
    reveal: flag('open personal values; needs the master key')
  },
  examples: [
    ['leadlog projections as-of leads --key 4f1c… --at 2h', 'a lead as it was two hours ago'],
    ['leadlog projections as-of meetings --at 1200 --json', 'every meeting at sequence 1200']
  ],
  exitCodes: { 3: 'there was no such row then' },
  async run(context, { name, at, key, reveal }) {
    if (at === undefined) throw usageError('Say --at which moment. See: leadlog projections as-of --help')
    const { rows, sequences, stoppedKeys } = await foldAt(context, { projection: chooseFold(name), at, key, reveal })
    const shown = [...rows].map(([rowKey, row]) => ({ key: rowKey, row: shownRow(row, reveal) }))
    const { style } = context.out
    return {
      value: { at, sequences, rows: shown, stoppedKeys },
      text: () =>
        [
          `${style.bold(counted(shown.length, 'row'))} as of ${momentText(at)} (${Object.entries(sequences)
            .map(([stream, sequence]) => `${stream} ${count(sequence)}`)
            .join(', ')})`,
          ...shown.map(({ key: rowKey, row }) => `${style.name(rowKey)}\n${JSON.stringify(row, null, 2)}`),
          ...(stoppedKeys.length === 0
            ? []
            : [style.warn(`stopped at an event that could not be applied: ${stoppedKeys.join(', ')}`)])
        ].join('\n'),
      exitCode: shown.length === 0 && key !== undefined ? exitCodes.notFound : exitCodes.ok
    }
  }
})
