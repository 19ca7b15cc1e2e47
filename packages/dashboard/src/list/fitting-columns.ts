/** What is needed of a column to know whether there is room for it. */
export interface SizedColumn {
  /** A track of the grid: `minmax(10rem, 2fr)`, `7rem`. */
  readonly width: string
  /** A place in the two-line row; only columns that have one are always shown. */
  readonly narrow?: string
  /** The first to go where room is short. */
  readonly wide?: boolean
}

const GAP_REM = 1
const PADDING_REM = 2
/** A flexible column at its least cuts most of what it says; another column is shown only beside comfortable ones. */
const COMFORT = 1.2

/**
 * The columns that fit beside each other, in their order: where room is short, those that may go do, the last first.
 *
 * @returns null where not even the others fit: the row then has two lines
 */
export function fittingColumns<Column extends SizedColumn>(
  columns: readonly Column[],
  widthRem: number
): readonly Column[] | null {
  const core = columns.filter(({ narrow, wide }) => narrow !== undefined && wide !== true)
  if (needed(core, 1) > widthRem) return null
  const optional = columns.filter((column) => !core.includes(column))
  const keep = (count: (column: Column) => boolean): readonly Column[] =>
    columns.filter((column) => core.includes(column) || count(column))
  const byNeed = [...optional.filter(({ wide }) => wide !== true), ...optional.filter(({ wide }) => wide === true)]
  for (let shown = byNeed.length; shown > 0; shown--) {
    const chosen = keep((column) => byNeed.indexOf(column) < shown)
    if (needed(chosen, COMFORT) <= widthRem) return chosen
  }
  return core
}

function needed(columns: readonly SizedColumn[], comfort: number): number {
  const tracks = columns.reduce((sum, { width }) => {
    const least = Number(/([\d.]+)rem/.exec(width)?.[1] ?? 0)
    return sum + (width.startsWith('minmax') ? least * comfort : least)
  }, 0)
  return tracks + GAP_REM * Math.max(0, columns.length - 1) + PADDING_REM
}
