import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { ZoomConnection } from './zoom-connection.schema.ts'
import { findZoomConnections } from './zoom-connections.queries.ts'

const query = defineQuery({ after: afterParameter() })

/** Hosts and their Zoom. `ConnectZoom` of `meetings` begins a connection, `DisconnectZoom` ends it. */
export function zoomConnectionRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/zoom-connections',
    {
      config: { access: 'operations', shared: { restsOn: ['gateway-zoom-connections'] } },
      schema: {
        tags: ['Meetings'],
        summary: 'Hosts that are or were connected with Zoom: since when, what Leadlog may do, and why it ended',
        querystring: query.schema,
        response: { 200: Type.Object({ data: Type.Array(ZoomConnection) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(query.parse(request.query).after)
      return { data: await reads(request, findZoomConnections) }
    }
  )
}
