import { ApiProblem, problemOf } from '@leadlog/dashboard/api/problem.ts'
import { reach } from '@leadlog/dashboard/api/reach.ts'
import { wantsFreshContext, type ZoomClient } from '../zoom/zoom-client.ts'

/** Asks the gateway as whoever Zoom says it is. */
export interface PanelSession {
  /**
   * What it answered. A session that has ended is begun anew with a fresh context, once.
   *
   * @throws ApiProblem with the gateway's code and words; status 0 when it could not be reached
   */
  ask(address: string, init?: { body: object; idempotencyKey: string }): Promise<unknown>
  /** The next request begins another: who looks, or in which meeting, may have changed. */
  forget(): void
}

/** Goes with the exchange, as a page of another origin could not send it. */
const CSRF_HEADER = 'x-leadlog-csrf'

/**
 * @param given the context that came with the page; null where none did. It is tried first, and once
 */
export function createPanelSession(zoom: Pick<ZoomClient, 'context'>, given: string | null): PanelSession {
  let first = given
  // In memory only: a reload brings a context of its own.
  let begun: Promise<string> | null = null

  async function begin(): Promise<string> {
    const context = first
    first = null
    if (context !== null) {
      try {
        return await exchange(context)
      } catch (error) {
        if (!(error instanceof ApiProblem) || !wantsFreshContext(error)) {
          // It may have been good: nothing came back that says otherwise.
          if (error instanceof ApiProblem && error.status !== 401 && error.status !== 403) first = context
          throw error
        }
      }
    }
    const fresh = await zoom.context()
    if (fresh !== null) return exchange(fresh)
    throw new ApiProblem(401, 'PANEL_NOT_IN_ZOOM', 'Open Leadlog from the apps of a Zoom meeting')
  }

  function token(): Promise<string> {
    if (begun === null) {
      const mine = begin()
      begun = mine
      mine.catch(() => {
        if (begun === mine) begun = null
      })
    }
    return begun
  }

  async function ask(...[address, init]: Parameters<PanelSession['ask']>): Promise<Response> {
    const session = token()
    const mine = await session
    const answer = await reach(address, {
      ...(init === undefined ? {} : { method: 'POST', body: JSON.stringify(init.body) }),
      headers: {
        authorization: `Bearer ${mine}`,
        ...(init === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': init.idempotencyKey })
      }
    })
    // Somebody else may have begun another meanwhile.
    if (answer.status === 401 && begun === session) begun = null
    return answer
  }

  return {
    async ask(address, init) {
      let answer = await ask(address, init)
      if (answer.status === 401) answer = await ask(address, init)
      if (!answer.ok) throw await problemOf(answer)
      return (await answer.json()) as unknown
    },
    forget() {
      begun = null
    }
  }
}

async function exchange(context: string): Promise<string> {
  const answer = await reach('/v1/panel/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CSRF_HEADER]: '1' },
    body: JSON.stringify({ context })
  })
  if (!answer.ok) throw await problemOf(answer)
  return ((await answer.json()) as { token: string }).token
}
