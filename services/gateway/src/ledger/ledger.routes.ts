import type { Clock, HttpServer } from '@leadlog/service'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter, timeParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { ledgerRange } from './ledger-range.ts'
import { ledgerOf } from './ledger.queries.ts'
import { Ledger } from './ledger.schema.ts'

const RESTS_ON = ['gateway-received-events', 'gateway-crm-writes', 'gateway-reconciliations']

const ledgerQuery = defineQuery({
  from: timeParameter({ description: 'received at or after; by default six days before the start of today (UTC)' }),
  to: timeParameter({ description: 'received before; by default the end of today (UTC)' }),
  after: afterParameter()
})

/** Shows that nothing is lost. */
export function ledgerRoutes(app: HttpServer, { reads, freshness }: ReadContext, clock: Clock): void {
  app.get(
    '/ledger',
    {
      config: { access: 'operations', shared: { restsOn: RESTS_ON, forMs: 2_000 } },
      schema: {
        tags: ['Operations'],
        summary: 'What was received by provider and day, what became of it, and every gap',
        querystring: ledgerQuery.schema,
        response: { 200: Ledger, ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { from, to, after } = ledgerQuery.parse(request.query)
      const range = ledgerRange(from, to, clock.now())
      await freshness.includes(after)
      return reads(request, (moment) => ledgerOf(moment, range))
    }
  )
}
