import type { Clock, HttpServer } from '@leadlog/service'
import type { ReadDatabase } from '../database/database.ts'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { findOverview } from './overview.queries.ts'
import { Overview } from './overview.schema.ts'

const query = defineQuery({ after: afterParameter() })

/** Time passes too: what is stuck and the hours of the day are as of some seconds ago at most. */
const RESTS_ON = [
  'gateway-received-events',
  'gateway-crm-writes',
  'gateway-dead-letters',
  'gateway-leads',
  'gateway-payments',
  'gateway-event-index',
  'gateway-flags'
]

/** What the overview needs: it is for whoever may read everything, so it reads without regard to whose rows they are. */
export interface OverviewDeps extends Pick<ReadContext, 'freshness'> {
  readonly db: ReadDatabase
  readonly clock: Clock
}

/** The figures of the dashboard's first screen, of one moment. */
export function overviewRoutes(app: HttpServer, { db, freshness, clock }: OverviewDeps): void {
  app.get(
    '/overview',
    {
      config: { access: 'operations', shared: { restsOn: RESTS_ON, forMs: 2_000 } },
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
