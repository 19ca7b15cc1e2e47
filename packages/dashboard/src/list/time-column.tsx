import { Time } from '../design/time.tsx'
import type { Column } from './list-table.tsx'

/** How long ago it was; the last column of a list, and the corner below the state on a narrow screen. */
export function timeColumn<Row>(id: string, title: string, at: (row: Row) => string): Column<Row> {
  return {
    id,
    title,
    width: '6.5rem',
    align: 'end',
    narrow: 'end',
    cell: (row) => (
      <span className="text-muted">
        <Time at={at(row)} hint={false} />
      </span>
    )
  }
}
