import { useInfiniteQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { BookmarkPlus, X } from 'lucide-react'
import { useCallback, useEffect, type ReactNode } from 'react'
import { toast } from 'sonner'
import type { RowOf } from '../api/client.ts'
import { pagedRead, type ListPath } from '../api/queries.ts'
import { PageHead } from '../design/page.tsx'
import { Empty, Loaded, LoadingRows } from '../design/states.tsx'
import { counted } from '../words/format.ts'
import { ChoiceFilter, TextFilter, type Option } from './filters.tsx'
import { ListTable, type Column, type RowLink } from './list-table.tsx'
import { isTyping } from './typing.ts'
import { useSavedViews, type View } from './saved-views.ts'
import { sameSearch, type Search } from './search-params.ts'

export type Filter =
  | { readonly kind: 'text'; readonly name: string; readonly label: string; readonly placeholder: string }
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly any: string
      readonly options: readonly Option[]
    }

export interface ListPageProps<P extends ListPath> {
  readonly path: P
  readonly title: string
  readonly children: ReactNode
  /** What can be done beside looking. */
  readonly actions?: ReactNode
  /** `1 lead`, `12 leads`. */
  readonly noun: readonly [one: string, many: string]
  /** Views that everybody has; the first is the whole list. */
  readonly views: readonly View[]
  readonly filters: readonly Filter[]
  readonly columns: readonly Column<RowOf<P>>[]
  readonly idOf: (row: RowOf<P>) => string
  readonly nameOf: (row: RowOf<P>) => string
  readonly linkOf: (row: RowOf<P>) => RowLink
  readonly empty: { readonly title: string; readonly text: string }
  /** The address of the list itself, where closing a detail leads. */
  readonly address: string
  readonly search: Search
  /** What is asked for beside the filters, such as `expand`. */
  readonly fixed?: Search
}

/** The one pattern of lists: views, filters in the address, virtual rows, and a detail beside them with an address of its own. */
export function ListPage<P extends ListPath>(props: ListPageProps<P>) {
  const { path, search, address, views } = props
  const navigate = useNavigate()
  const openId = useParams({ strict: false }).id
  const saved = useSavedViews(path)
  const found = useInfiniteQuery(pagedRead(path, { ...search, ...props.fixed } as never))
  const rows = found.data?.pages.flatMap((page) => page.data) ?? []
  const change = useCallback(
    (next: Search) => void navigate({ to: address, search: next as never, replace: true }),
    [navigate, address]
  )
  const set = (name: string) => (value: string | undefined) => change({ ...search, [name]: value })
  useSearchKey()
  const allViews = [...views, ...saved.views]
  const isNamed = allViews.some((view) => sameSearch(view.search, search))
  const saveView = (): void => {
    const name = window.prompt('Name of the view')?.trim()
    if (!name) return
    saved.save({ name, search })
    toast(`View “${name}” saved in this browser`)
  }
  const { fetchNextPage } = found
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])

  return (
    <div className="flex h-full min-h-0">
      <div
        className={`@container min-w-0 flex-1 flex-col gap-3 p-4 pb-0 ${openId === undefined ? 'flex lg:p-6 lg:pb-0' : 'hidden lg:flex xl:p-6 xl:pb-0'}`}
      >
        <PageHead title={props.title} actions={props.actions}>
          {props.children}
        </PageHead>
        <div className="flex flex-col gap-2">
          <div role="group" aria-label="Views" className="-mx-1 flex items-center gap-1 overflow-x-auto px-1 py-1">
            {allViews.map((view) => {
              const active = sameSearch(view.search, search)
              const own = saved.views.includes(view)
              return (
                <span key={view.name} className="relative inline-flex shrink-0">
                  <button
                    type="button"
                    aria-pressed={active}
                    onClick={() => change(view.search)}
                    className={`h-7 rounded-full px-3 text-sm font-medium whitespace-nowrap ${own ? 'pr-7' : ''} ${
                      active ? 'bg-foreground text-background' : 'text-muted hover:bg-default hover:text-foreground'
                    }`}
                  >
                    {view.name}
                  </button>
                  {own ? (
                    <button
                      type="button"
                      aria-label={`Remove view ${view.name}`}
                      onClick={() => saved.remove(view.name)}
                      className={`absolute top-1.5 right-2 rounded ${active ? 'text-background' : 'text-muted'}`}
                    >
                      <X aria-hidden size={14} />
                    </button>
                  ) : null}
                </span>
              )
            })}
            {isNamed ? null : (
              <button
                type="button"
                onClick={saveView}
                className="inline-flex h-7 shrink-0 items-center gap-1 rounded-full px-3 text-sm text-muted hover:bg-default hover:text-foreground"
              >
                <BookmarkPlus aria-hidden size={14} /> Save view
              </button>
            )}
          </div>
          <div role="search" className="grid grid-cols-2 items-center gap-2 @lg:flex @lg:flex-wrap">
            {props.filters.map((filter) =>
              filter.kind === 'text' ? (
                <TextFilter key={filter.name} {...filter} value={search[filter.name]} onChange={set(filter.name)} />
              ) : (
                <ChoiceFilter key={filter.name} {...filter} value={search[filter.name]} onChange={set(filter.name)} />
              )
            )}
            <span role="status" className="tnum col-start-2 justify-self-end text-xs text-muted @lg:ml-auto">
              {found.data === undefined
                ? ''
                : `${counted(rows.length, ...props.noun)}${found.hasNextPage ? ' and more' : ''}`}
            </span>
          </div>
        </div>
        <div className="panel flex min-h-0 flex-1 flex-col overflow-hidden rounded-b-none border-b-0">
          <Loaded read={found} loading={<LoadingRows />}>
            {() =>
              rows.length === 0 ? (
                <Empty title={sameSearch(search, {}) ? props.empty.title : 'Nothing matches'}>
                  {sameSearch(search, {}) ? (
                    props.empty.text
                  ) : (
                    <button type="button" className="font-medium text-link underline" onClick={() => change({})}>
                      Show everything
                    </button>
                  )}
                </Empty>
              ) : (
                <ListTable
                  label={props.title}
                  rows={rows}
                  columns={props.columns}
                  idOf={props.idOf}
                  nameOf={props.nameOf}
                  linkOf={props.linkOf}
                  openId={openId}
                  hasMore={found.hasNextPage}
                  onNearEnd={more}
                />
              )
            }
          </Loaded>
        </div>
      </div>
      <Outlet />
    </div>
  )
}

/** `/` goes to the search field. */
function useSearchKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || isTyping(event.target)) return
      const field = document.querySelector<HTMLInputElement>('[data-search]')
      if (field === null) return
      event.preventDefault()
      field.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
