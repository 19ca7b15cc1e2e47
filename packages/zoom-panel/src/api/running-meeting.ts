import type { QueryClient } from '@tanstack/react-query'

/** Where what the gateway knows of the meeting around the panel is kept. */
export const PANEL_KEY = ['panel'] as const

/** Zoom tells of a meeting to Leadlog about when the panel opens beside it. */
const LOOK_AGAIN_MS = 10_000

/** How long until the gateway is asked again which meeting it is; false where that is known, chosen, or no question. */
export function lookAgainAfter(
  stand: { readonly inMeeting: boolean; readonly meetingId: string | null } | undefined,
  chosen: string | null
): number | false {
  if (stand === undefined || chosen !== null) return false
  return stand.inMeeting && stand.meetingId === null ? LOOK_AGAIN_MS : false
}

/** Takes the meeting away at once, before the answer which it is now: what is written must not go to the one of before. */
export function leaveMeeting(queries: QueryClient): Promise<void> {
  return queries.resetQueries({ queryKey: PANEL_KEY, exact: true })
}
