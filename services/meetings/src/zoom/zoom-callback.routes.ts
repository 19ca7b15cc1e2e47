import { Type } from '@sinclair/typebox'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'

const Callback = Type.Object({
  state: Type.Optional(Type.String({ maxLength: 200 })),
  code: Type.Optional(Type.String({ maxLength: 2_000 })),
  error: Type.Optional(Type.String({ maxLength: 200 }))
})

/** `GET /zoom/callback`: Zoom sends the host back here, who has agreed or has not. */
export function zoomCallbackRoutes(app: HttpServer, deps: MeetingsDeps): void {
  app.get(
    '/zoom/callback',
    { schema: { querystring: Callback, response: { 200: Type.String(), ...problemResponses(400, 409, 503) } } },
    async (request, reply) => {
      const { state, code } = request.query
      if (deps.zoom === null) {
        throw new HttpProblem(503, 'MEETINGS_ZOOM_NOT_SET_UP', 'Hosts are not connected with Zoom here')
      }
      if (state === undefined || code === undefined) {
        throw new HttpProblem(400, 'MEETINGS_ZOOM_NOT_AGREED', 'Zoom was not agreed to: nothing is connected')
      }
      await deps.zoom.finish(state, code)
      void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      if (deps.dashboardUrl === undefined) {
        return reply.type('text/plain; charset=utf-8').send('Zoom is connected. You can close this page.')
      }
      return reply.redirect(`${deps.dashboardUrl}/settings/integrations`, 303)
    }
  )
}
