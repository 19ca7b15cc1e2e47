import type { GatewayReads } from '@leadlog/dashboard/api/gateway-api.ts'
import { createIntents } from '@leadlog/dashboard/api/intents.ts'
import { ApiProblem, mayHelpToAskAgain, waitBeforeAskingAgain } from '@leadlog/dashboard/api/problem.ts'
import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { WaitingNote } from '../notes/kept-notes.ts'
import { chooseMeeting } from '../screens/chosen-meeting.ts'
import { createZoomClient } from '../zoom/zoom-client.ts'
import { createPanelSession } from './panel-session.ts'
import { leaveMeeting, lookAgainAfter, PANEL_KEY } from './running-meeting.ts'

export type PanelStand = GatewayReads['/v1/panel']['answer']
export type PanelMeeting = GatewayReads['/v1/panel/meetings/{id}']['answer']
export type ListedMeeting = GatewayReads['/v1/panel/meetings']['answer']['data'][number]
type Written = { readonly state: 'done' | 'waiting'; readonly after: number | null }

/** Enrichment goes on while a meeting begins. */
const READ_AGAIN_MS = 30_000

const zoom = createZoomClient()
const session = createPanelSession(zoom, contextOfPage())
const intents = createIntents()

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: mayHelpToAskAgain, retryDelay: waitBeforeAskingAgain } }
})

// Another meeting, or none: who looks stays, what they look at does not.
zoom.onContextChange(() => {
  session.forget()
  void leaveMeeting(queries)
  chooseMeeting(null)
})

/** @param chosen the meeting that was chosen by hand */
export function panelRead(chosen: string | null) {
  return queryOptions({
    queryKey: PANEL_KEY,
    queryFn: () => session.ask('/v1/panel') as Promise<PanelStand>,
    refetchInterval: ({ state }) => lookAgainAfter(state.data, chosen)
  })
}

/** What one hosts today, in the time zone of this machine. */
export const meetingsRead = queryOptions({
  queryKey: ['meetings'],
  queryFn: async () => {
    const day = new Date()
    day.setHours(0, 0, 0, 0)
    const next = new Date(day)
    next.setDate(day.getDate() + 1)
    const range = new URLSearchParams({ from: day.toISOString(), to: next.toISOString() })
    const answer = (await session.ask(`/v1/panel/meetings?${range.toString()}`)) as { data: ListedMeeting[] }
    return answer.data
  }
})

/** Sequence of the newest thing that was written here about a meeting: what is read must hold it. */
const written = new Map<string, number>()

export function meetingRead(id: string) {
  return queryOptions({
    queryKey: ['meeting', id],
    queryFn: () => {
      const after = written.get(id)
      const query = after === undefined ? '' : `?after=${String(after)}`
      return session.ask(`/v1/panel/meetings/${encodeURIComponent(id)}${query}`) as Promise<PanelMeeting>
    },
    refetchInterval: READ_AGAIN_MS
  })
}

export async function sendNote(meetingId: string, { key, text }: WaitingNote): Promise<Written> {
  return noted(meetingId, await post(meetingId, 'notes', { text }, key))
}

/** @throws ApiProblem when it is not stored; the same wish again is done once */
export function markQuestion(meetingId: string, question: string, ticked: boolean): Promise<Written> {
  return intents.act(`question of ${meetingId}`, { question, ticked }, async (key) => {
    const answer = await post(meetingId, 'questions', { question, ticked }, key)
    if (answer.state === 'waiting') {
      throw new ApiProblem(504, 'COMMAND_SLOW', 'It is not stored yet; try again in a moment')
    }
    return noted(meetingId, answer)
  })
}

function post(meetingId: string, what: string, body: object, idempotencyKey: string): Promise<Written> {
  const address = `/v1/panel/meetings/${encodeURIComponent(meetingId)}/${what}`
  return session.ask(address, { body, idempotencyKey }) as Promise<Written>
}

function noted(meetingId: string, answer: Written): Written {
  if (answer.after !== null) written.set(meetingId, Math.max(written.get(meetingId) ?? 0, answer.after))
  return answer
}

/** What Zoom's client sent with the first load, as the gateway put it into the page. */
function contextOfPage(): string | null {
  const content = document.querySelector('meta[name=zoom-app-context]')?.getAttribute('content') ?? ''
  return content === '' || content.startsWith('__') ? null : content
}
