import { PermanentError } from '@leadlog/contracts'
import { Type } from '@sinclair/typebox'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'

const Callback = Type.Object({
  state: Type.Optional(Type.String({ maxLength: 200 })),
  code: Type.Optional(Type.String({ maxLength: 2_000 })),
  error: Type.Optional(Type.String({ maxLength: 200 }))
})

const INTEGRATIONS = '/settings/integrations'

/**
 * `GET /zoom/callback`: Zoom sends the host back here, who has agreed or has not. They go on to the dashboard, where its address is
 * known; `zoom` in the address says what became of it: `connected`, or the code of what was in the way.
 */
export function zoomCallbackRoutes(app: HttpServer, deps: MeetingsDeps): void {
  app.get(
    '/zoom/callback',
    { schema: { querystring: Callback, response: { 200: Type.String(), ...problemResponses(400, 409, 503) } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      const { dashboardUrl } = deps
      const goOn = (outcome: string) => reply.redirect(`${dashboardUrl}${INTEGRATIONS}?zoom=${outcome}`, 303)
      try {
        await finish(deps, request.query)
      } catch (error) {
        const code = codeOfRefusal(error)
        if (dashboardUrl === undefined || code === null) throw error
        request.log.info({ code }, 'a host came back from Zoom without a connection')
        return goOn(code)
      }
      if (dashboardUrl !== undefined) return goOn('connected')
      return reply.type('text/plain; charset=utf-8').send('Zoom is connected. You can close this page.')
    }
  )
}

async function finish({ zoom }: MeetingsDeps, { state, code }: { state?: string; code?: string }): Promise<void> {
  if (zoom === null) throw new HttpProblem(503, 'MEETINGS_ZOOM_NOT_SET_UP', 'Hosts are not connected with Zoom here')
  if (state === undefined || code === undefined) {
    throw new HttpProblem(400, 'MEETINGS_ZOOM_NOT_AGREED', 'Zoom was not agreed to: nothing is connected')
  }
  await zoom.finish(state, code)
}

/** Null where it was no refusal, but something that did not work. */
function codeOfRefusal(error: unknown): string | null {
  if (error instanceof HttpProblem && error.statusCode < 500) return error.code
  return error instanceof PermanentError ? error.code : null
}
