import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import { read, type AnswerOf, type QueryOf, type ReadPath, type RowOf } from './client.ts'
import { mayHelpToAskAgain, waitBeforeAskingAgain } from './problem.ts'

/** Reads stay fresh until the stream says otherwise; this is for when nobody tells. */
const FRESH_FOR_MS = 60_000

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH_FOR_MS, retry: mayHelpToAskAgain, retryDelay: waitBeforeAskingAgain }
    }
  })
}

/** Reads that need no id. */
type PlainPath = { [P in ReadPath]: P extends `${string}{${string}` ? never : P }[ReadPath]
/** Reads of one thing by its id. */
type PathOfOne = { [P in ReadPath]: P extends `${string}{id}${string}` ? P : never }[ReadPath]
/** Lists that come in pages. */
export type ListPath = {
  [P in PlainPath]: AnswerOf<P> extends { nextCursor: string | null } ? P : never
}[PlainPath]

export function plainRead<P extends PlainPath>(path: P, query: QueryOf<P> = {}) {
  return queryOptions({
    queryKey: [path, { query }],
    queryFn: ({ signal }) => read(path, { path: {}, query, signal })
  })
}

export function readOfOne<P extends PathOfOne>(path: P, id: string, query: QueryOf<P> = {}) {
  return queryOptions({
    queryKey: [path, { path: { id }, query }],
    queryFn: ({ signal }) => read(path, { path: { id }, query, signal })
  })
}

const PAGE_ROWS = 100

interface PageOf<Row> {
  data: Row[]
  nextCursor: string | null
}

/** A list, page by page. */
export function pagedRead<P extends ListPath>(path: P, query: Omit<QueryOf<P>, 'cursor' | 'limit'>) {
  return infiniteQueryOptions({
    queryKey: [path, { query, paged: true }],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read(path, { query: { ...query, limit: PAGE_ROWS, cursor: pageParam }, signal } as never) as unknown as Promise<
        PageOf<RowOf<P>>
      >,
    getNextPageParam: (page) => page.nextCursor
  })
}
