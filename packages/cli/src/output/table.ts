import Table from 'cli-table3'
import type { Style } from './style.ts'

export interface TableColumn<Row> {
  readonly title: string
  readonly right?: boolean
  value(row: Row): string
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  '
}

/** Columns side by side without lines: readable, and easy to cut with other programs. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], style: Style): string {
  const table = new Table({
    head: columns.map(({ title }) => style.bold(title)),
    colAligns: columns.map(({ right }) => (right === true ? 'right' : 'left')),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }
  })
  for (const row of rows) table.push(columns.map((column) => column.value(row)))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
