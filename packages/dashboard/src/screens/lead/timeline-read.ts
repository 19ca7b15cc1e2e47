import { infiniteQueryOptions } from '@tanstack/react-query'
import { read, type QueryOf } from '../../api/client.ts'

const PATH = '/v1/leads/{id}/timeline'

/** The history of a lead, page by page. */
export function timelineRead(id: string, query: Omit<QueryOf<typeof PATH>, 'cursor' | 'limit'>, pageRows: number) {
  return infiniteQueryOptions({
    queryKey: [PATH, { path: { id }, query }],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read(PATH, { path: { id }, query: { ...query, limit: pageRows, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor
  })
}
