import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import type { Style } from './style.ts'

export interface TableColumn<Row> {
  readonly title: string
  readonly right?: boolean
  /** Cut where the table is wider than the terminal. Its values have no colour. */
  readonly cut?: boolean
  /** Left out where the table is wider than the terminal, the last such column first. */
  readonly optional?: boolean
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
const GAP = NO_LINES.middle.length
/** Fewer characters of a text say nothing. */
const SHORTEST_CUT = 24

/**
 * Columns side by side without lines: readable, and easy to cut with other programs. Fits into the style's width as far as
 * columns may be left out or cut.
 */
export function formatTable<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], style: Style): string {
  const { chosen, widest } = fitting(rows, columns, style.width)
  const table = new Table({
    head: chosen.map(({ title }) => style.bold(title)),
    colAligns: chosen.map(({ right }) => (right === true ? 'right' : 'left')),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }
  })
  for (const row of rows) table.push(chosen.map((column) => shortened(column.value(row), column, widest)))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

function fitting<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  width: number | undefined
): { chosen: readonly TableColumn<Row>[]; widest: number } {
  if (width === undefined) return { chosen: columns, widest: Infinity }
  const naturals = new Map(columns.map((column) => [column, naturalWidth(rows, column)]))
  let chosen = columns
  for (;;) {
    const cut = chosen.filter((column) => column.cut === true)
    const fixed = chosen.reduce((sum, column) => sum + (column.cut === true ? 0 : (naturals.get(column) ?? 0)), 0)
    const left = width - fixed - GAP * (chosen.length - 1)
    const needed = cut.reduce((sum, column) => sum + Math.min(SHORTEST_CUT, naturals.get(column) ?? 0), 0)
    const last = chosen.findLast(({ optional }) => optional === true)
    if (left >= needed || last === undefined) {
      const widest = cut.length === 0 ? Infinity : Math.max(SHORTEST_CUT, Math.floor(left / cut.length))
      return { chosen, widest }
    }
    chosen = chosen.filter((column) => column !== last)
  }
}

function naturalWidth<Row>(rows: readonly Row[], column: TableColumn<Row>): number {
  return Math.max(column.title.length, ...rows.map((row) => stripVTControlCharacters(column.value(row)).length))
}

function shortened<Row>(text: string, { cut }: TableColumn<Row>, widest: number): string {
  return cut === true && text.length > widest ? `${text.slice(0, widest - 1)}…` : text
}
