import { readAccounts, reportBudgets } from '@leadlog/outbound/forecast'
import { HttpProblem, type HttpServer } from '@leadlog/service'
import type { Redis } from 'ioredis'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import type { ReadContext } from '../read-context.ts'
import { findQueuedCalls, readBacklog, type HandlerBacklog } from './backlog.ts'
import { Budgets } from './budget.schema.ts'

/** What a look at the budgets needs. */
export interface BudgetPort {
  /** Where the services share them; undefined in a system without Redis. */
  readonly redis: Redis | undefined
  readonly handlerBacklog: HandlerBacklog
  /** Put before the keys in Redis; tests alone give one. */
  readonly keyPrefix?: string
}

const query = defineQuery({})

/** The budgets of vendor accounts with their forecast. Looking takes nothing from them. */
export function budgetRoutes(app: HttpServer, { reads }: ReadContext, port: BudgetPort): void {
  const { redis, handlerBacklog, keyPrefix } = port
  app.get(
    '/budgets',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'The budget of every vendor account: use, what waits, and when it is done',
        querystring: query.schema,
        response: { 200: Budgets, ...READ_PROBLEMS }
      }
    },
    async (request): Promise<Budgets> => {
      query.parse(request.query)
      if (redis === undefined) return { shared: false, data: [] }
      const states = await readAccounts(redis, keyPrefix === undefined ? {} : { keyPrefix }).catch((error: unknown) => {
        throw new HttpProblem(503, 'BUDGETS_AWAY', 'Redis, where the budgets are shared, does not answer; ask again', {
          retryAfterSeconds: 5,
          cause: error
        })
      })
      const backlog = await readBacklog({ queued: reads(request, findQueuedCalls), handlerBacklog }, states)
      const reports = reportBudgets(states, backlog)
      return {
        shared: true,
        data: reports.map((report) => ({ ...report, lanes: [...report.lanes], words: [...report.words] }))
      }
    }
  )
}
