import type { Clock, HttpServer } from '@leadlog/service'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { findOverview } from './overview.queries.ts'
import { Overview } from './overview.schema.ts'

const query = defineQuery({ after: afterParameter() })

/** The figures of the dashboard's first screen, of one moment. */
export function overviewRoutes(app: HttpServer, { db, freshness }: ReadContext, clock: Clock): void {
  app.get(
    '/overview',
    {
      schema: {
        tags: ['Operations'],
        summary: 'What needs a person, what flows, the funnel and the spend',
        querystring: query.schema,
        response: { 200: Overview, ...READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(query.parse(request.query).after)
      return findOverview(db, clock.now())
    }
  )
}
