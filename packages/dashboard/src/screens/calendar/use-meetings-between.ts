import { useQuery } from '@tanstack/react-query'
import { read, type RowOf } from '../../api/client.ts'
import { momentsOf, type CalendarSpan } from '../../words/calendar.ts'

export type CalendarMeeting = RowOf<'/v1/meetings'>

const PAGE_ROWS = 200
/** More are not drawn: nobody could read them. */
const MOST = 2_000
/** A meeting that began so long before may still go on. */
const BEFORE_MS = 12 * 3_600_000

/** All meetings of a span, read anew when the stream tells of a meeting. */
export function useMeetingsBetween(span: CalendarSpan) {
  const { from, to } = momentsOf(span)
  const query = { from: new Date(Date.parse(from) - BEFORE_MS).toISOString(), to, sort: 'startsAt' as const }
  return useQuery({
    queryKey: ['/v1/meetings', { query, whole: true }],
    queryFn: async ({ signal }) => {
      const meetings: CalendarMeeting[] = []
      let cursor: string | null = ''
      while (cursor !== null && meetings.length < MOST) {
        const page: { data: CalendarMeeting[]; nextCursor: string | null } = await read('/v1/meetings', {
          path: {},
          query: { ...query, limit: PAGE_ROWS, ...(cursor === '' ? {} : { cursor }) },
          signal
        })
        meetings.push(...page.data)
        cursor = page.nextCursor
      }
      return { meetings: meetings.filter(({ endsAt }) => endsAt === null || endsAt > from), isWhole: cursor === null }
    },
    // The days before stay until those after are there, so that nothing flickers.
    placeholderData: (before) => before
  })
}
