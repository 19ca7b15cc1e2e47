import type { TableComparison } from '@leadlog/projections'
import { count } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import { differencesText } from './difference-text.ts'

export function comparisonText(projection: string, comparison: TableComparison, style: Style): string {
  const { equal, liveRows, rebuiltRows, added, removed, changed, changedByColumn, sequences, samples } = comparison
  const at = Object.entries(sequences).map(([stream, sequence]) => `${stream} ${count(sequence)}`)
  const columns = Object.entries(changedByColumn).filter(([, rows]) => rows > 0)
  return [
    `${style.bold(projection)}: ${count(liveRows)} live rows, ${count(rebuiltRows)} rebuilt rows, both at ${at.join(', ')}`,
    equal
      ? style.good('Every row is equal.')
      : style.warn(`${count(added)} rows added, ${count(removed)} removed, ${count(changed)} changed by the rebuild`),
    ...(columns.length === 0
      ? []
      : [`changed columns: ${columns.map(([column, rows]) => `${column} (${count(rows)})`).join(', ')}`]),
    ...(comparison.columnsOnlyLive.length === 0
      ? []
      : [`only in the live table: ${comparison.columnsOnlyLive.join(', ')}`]),
    ...(comparison.columnsOnlyRebuilt.length === 0
      ? []
      : [`only in the rebuilt table: ${comparison.columnsOnlyRebuilt.join(', ')}`]),
    ...(samples.length === 0
      ? []
      : [
          differencesText(
            samples.map((row) => ({
              ...row,
              columns: row.columns.map(({ column, live, rebuilt }) => ({ column, before: live, after: rebuilt }))
            })),
            style
          )
        ])
  ].join('\n')
}
