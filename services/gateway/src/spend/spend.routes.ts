import { COST_KINDS, Month } from '@leadlog/contracts'
import { HttpProblem, type Clock, type HttpServer } from '@leadlog/service'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choiceParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter,
  timeParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { findSpendBudgets, findSpendEntries, monthOf, NONE, sumSpend } from './spend.queries.ts'
import { Spend, SPEND_GROUPS, SpendBudgetAnswer, SpendEntry } from './spend.schema.ts'

/** Longer than a year is a question for the log. */
const MOST_DAYS = 400
const MONTH = new RegExp(Month.pattern ?? '')

const filters = {
  from: timeParameter({ description: 'used at or after; without it the month of now begins it' }),
  to: timeParameter({ description: 'used before; without it there is no end' }),
  kind: choiceParameter({ description: 'of one kind', words: COST_KINDS }),
  leadId: textParameter({ description: `of one lead; ${NONE}: of no lead` }),
  callId: textParameter({ description: 'of one call' }),
  messageId: textParameter({ description: 'of one text message' }),
  campaignId: textParameter({ description: `of one campaign; ${NONE}: of no campaign` }),
  model: textParameter({ description: 'of one model; of what has none who charges it, such as twilio' }),
  currency: textParameter({ description: 'in one currency, such as USD' })
}

const sumQuery = defineQuery({
  ...filters,
  groupBy: choiceParameter({ description: 'what is summed up; without it the day', words: SPEND_GROUPS }),
  after: afterParameter()
})

const entriesQuery = defineQuery({
  ...filters,
  sort: sortParameter('-usedAt', 'usedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const budgetQuery = defineQuery({
  month: textParameter({ description: 'in UTC, such as 2026-11; without it the month of now' }),
  after: afterParameter()
})

const RESTS_ON = ['gateway-costs', 'gateway-calls', 'gateway-sms-messages', 'gateway-leads']

/** What was spent on what, and what may be. Budgets are set by the command `SetSpendBudget` to `billing`. */
export function spendRoutes(app: HttpServer, { reads, freshness }: ReadContext, clock: Clock): void {
  const spanOf = (asked: { from: string | undefined; to: string | undefined }) => {
    const month = monthOf(clock.now().toISOString().slice(0, 7))
    const from = asked.from ?? month.from
    const to = asked.to ?? (from < month.to ? month.to : from)
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
    if (days < 0 || days > MOST_DAYS) {
      throw new HttpProblem(400, 'SPAN_INVALID', `"to" must be after "from", and at most ${MOST_DAYS} days after it`)
    }
    return { from, to }
  }

  app.get(
    '/spend',
    {
      config: { access: 'leads', shared: { restsOn: RESTS_ON } },
      schema: {
        tags: ['Billing'],
        summary: 'What was spent, by day, kind, lead, campaign or model',
        description: 'Sums are exact, and never across currencies. Who reads their own leads sees what those cost.',
        querystring: sumQuery.schema,
        response: { 200: Spend, ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { groupBy = 'day', after, ...asked } = sumQuery.parse(request.query)
      const filter = { ...asked, ...spanOf(asked) }
      await freshness.includes(after)
      const data = await reads(request, (db) => sumSpend(db, filter, groupBy))
      return { from: filter.from, to: filter.to, groupBy, data: [...data] }
    }
  )

  app.get(
    '/spend/entries',
    {
      config: { access: 'leads', shared: { restsOn: RESTS_ON.slice(0, 3) } },
      schema: {
        tags: ['Billing'],
        summary: 'The costs behind a sum, each with the event that told of it',
        querystring: entriesQuery.schema,
        response: { 200: pageOf(SpendEntry), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...asked } = entriesQuery.parse(request.query)
      const filter = { ...asked, ...spanOf(asked) }
      await freshness.includes(after)
      return reads(request, (db) => findSpendEntries(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/spend/budget',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Billing'],
        summary: "A month's budgets: used, left, where the month will end, thresholds that were reached",
        querystring: budgetQuery.schema,
        response: { 200: SpendBudgetAnswer, ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const now = clock.now()
      const { month = now.toISOString().slice(0, 7), after } = budgetQuery.parse(request.query)
      if (!MONTH.test(month)) {
        throw new HttpProblem(400, 'QUERY_INVALID', 'Query parameter "month" must be a month such as 2026-11')
      }
      await freshness.includes(after)
      return { month, data: [...(await reads(request, (db) => findSpendBudgets(db, month, now)))] }
    }
  )
}
