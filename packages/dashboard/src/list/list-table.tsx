import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Link } from '@tanstack/react-router'
import { useWidth } from '../design/width.ts'
import { fittingColumns } from './fitting-columns.ts'
import { useRowKeys } from './row-keys.ts'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'

/** A column of a list. */
export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** A track of the grid: `minmax(10rem, 2fr)`, `7rem`. */
  readonly width: string
  readonly cell: (row: Row) => ReactNode
  /** On a narrow screen: which corner of the two-line row it takes; left out where undefined. */
  readonly narrow?: 'title' | 'aside' | 'meta' | 'end'
  readonly align?: 'end'
  /** The first to go where there is no room for all. */
  readonly wide?: boolean
}

const features = tableFeatures({})
const ROW_PX = 44
const NARROW_ROW_PX = 64
const PX_IN_REM = 16
/** Rows beyond the edge that are kept, so that scrolling shows no gap. */
const OVERSCAN = 12

const NARROW_PLACES = {
  title: 'row-start-1 col-start-1',
  aside: 'row-start-1 col-start-2 justify-self-end',
  meta: 'row-start-2 col-start-1 text-muted text-xs',
  end: 'row-start-2 col-start-2 justify-self-end text-muted text-xs'
} as const

/** What a row leads to. */
export interface RowLink {
  readonly to: string
  readonly params: Readonly<Record<string, string>>
  /** It leads out of the list, whose filters stay behind. */
  readonly elsewhere?: true
}

export interface ListTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly idOf: (row: Row) => string
  /** What a screen reader calls the row. */
  readonly nameOf: (row: Row) => string
  readonly linkOf: (row: Row) => RowLink
  readonly openId: string | undefined
  readonly hasMore: boolean
  readonly onNearEnd: () => void
}

/** A virtualised list of rows, each a link; j and k, arrows, Home and End move between them. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const { rows, idOf, linkOf, openId, hasMore, onNearEnd } = props
  const area = useRef<HTMLDivElement>(null)
  const fitting = fittingColumns(props.columns, useWidth(area) / PX_IN_REM)
  const narrow = fitting === null
  const shown = fitting ?? props.columns.filter((column) => column.narrow !== undefined)
  const helper = useMemo(() => createColumnHelper<typeof features, Row>(), [])
  const definitions = useMemo(
    () =>
      shown.map((column) =>
        helper.display({ id: column.id, header: column.title, cell: ({ row }) => column.cell(row.original) })
      ),
    [helper, shown.map(({ id }) => id).join()]
  )
  const data = rows as Row[]
  const table = useTable({ features, columns: definitions, data, getRowId: idOf })
  const model = table.getRowModel().rows
  const show = useRef<(index: number) => void>(() => undefined)
  const scroller = useRowKeys<HTMLDivElement>({
    count: model.length,
    openIndex: model.findIndex(({ id }) => id === openId),
    show: (index) => show.current(index)
  })
  const rowPx = narrow ? NARROW_ROW_PX : ROW_PX
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    getItemKey: (index) => model[index]?.id ?? index
  })
  show.current = (index) => virtual.scrollToIndex(index)
  useEffect(() => virtual.measure(), [virtual, rowPx])
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= model.length - OVERSCAN) onNearEnd()
  }, [hasMore, lastShown, model.length, onNearEnd])
  const template = shown.map(({ width }) => width).join(' ')

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain" tabIndex={-1}>
      <div ref={area} role="table" aria-label={props.label} aria-rowcount={hasMore ? -1 : model.length + 1}>
        <div role="rowgroup" className={narrow ? 'sr-only' : 'sticky top-0 z-10 border-b border-border bg-surface'}>
          {table.getHeaderGroups().map((group) => (
            <div
              key={group.id}
              role="row"
              className="grid h-9 items-center gap-4 px-4 text-xs font-medium text-muted"
              style={{ gridTemplateColumns: template }}
            >
              {group.headers.map((header, index) => (
                <div key={header.id} role="columnheader" className={shown[index]?.align === 'end' ? 'text-right' : ''}>
                  <table.FlexRender header={header} />
                </div>
              ))}
            </div>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = model[item.index]
            if (row === undefined) return null
            const link = linkOf(row.original)
            const isOpen = row.id === openId
            return (
              <div
                key={row.id}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={isOpen}
                className={`absolute inset-x-0 top-0 grid items-center gap-x-4 border-b border-separator px-4 transition-colors duration-75 hover:bg-surface-secondary ${
                  narrow ? 'grid-cols-[minmax(0,1fr)_auto] content-center gap-y-1' : ''
                } ${isOpen ? 'bg-surface-secondary shadow-[inset_3px_0_0_var(--accent)]' : ''}`}
                style={{
                  height: item.size,
                  transform: `translateY(${String(item.start)}px)`,
                  ...(narrow ? {} : { gridTemplateColumns: template })
                }}
              >
                {row.getAllCells().map((cell, index) => {
                  const column = shown[index]
                  return (
                    <div
                      key={cell.id}
                      role="cell"
                      className={`min-w-0 truncate ${narrow && column?.narrow ? NARROW_PLACES[column.narrow] : ''} ${column?.align === 'end' && !narrow ? 'text-right' : ''}`}
                    >
                      {index === 0 ? (
                        <Link
                          to={link.to}
                          params={link.params as never}
                          search={(link.elsewhere === true ? {} : true) as never}
                          data-row-link={item.index}
                          aria-label={props.nameOf(row.original)}
                          aria-current={isOpen ? 'true' : undefined}
                          className="absolute inset-0 rounded-none -outline-offset-2"
                        />
                      ) : null}
                      <table.FlexRender cell={cell} />
                    </div>
                  )
                })}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
