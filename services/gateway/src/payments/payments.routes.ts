import { paymentMethods } from '@leadlog/contracts'
import type { HttpServer } from '@leadlog/service'
import { expandParameter, oneWithLead, pageWithLeads, withLead } from '../leads/with-lead.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
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
import { Payment, paymentStates } from './payment.schema.ts'
import { findPayment, findPayments, type PaymentFilter } from './payments.queries.ts'

const common = {
  invoiceId: textParameter({ description: 'for one invoice' }),
  leadId: textParameter({ description: 'of one lead' }),
  currency: textParameter({ description: 'in one currency, as ISO 4217 has it' }),
  from: timeParameter({ description: 'came in at this time or later' }),
  to: timeParameter({ description: 'came in before this time' }),
  expand: expandParameter(),
  sort: sortParameter('-at', 'at'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
}

const listQuery = defineQuery({
  state: choiceParameter({ description: 'whether it counts on its invoice', words: paymentStates }),
  method: choiceParameter({ description: 'how it came in', words: paymentMethods }),
  dispute: choiceParameter({
    description: 'with a dispute whose newest word is this',
    words: ['open', 'won', 'lost'] as const
  }),
  refunded: choiceParameter({ description: 'something went back, or nothing did', words: ['true', 'false'] as const }),
  ...common
})

const parkedQuery = defineQuery(common)

const oneQuery = defineQuery({ expand: expandParameter(), after: afterParameter() })

const RESTS_ON = ['gateway-payments', 'gateway-invoices', 'gateway-leads']

/** Money that came in, and what of it waits for a person. It is given back and settled by commands to `billing`. */
export function paymentRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  const list = (
    path: string,
    summary: string,
    query: typeof listQuery | typeof parkedQuery,
    fixed: Pick<PaymentFilter, 'state'>
  ): void => {
    app.get(
      path,
      {
        config: { access: 'leads', shared: { restsOn: RESTS_ON } },
        schema: {
          tags: ['Billing'],
          summary,
          querystring: query.schema,
          response: { 200: pageOf(withLead(Payment)), ...READ_PROBLEMS }
        }
      },
      async (request) => {
        const { expand, sort, limit, cursor, after, ...filter } = query.parse(request.query)
        await freshness.includes(after)
        return reads(request, async (db) =>
          pageWithLeads(db, await findPayments(db, { ...filter, ...fixed }, sort, { limit, cursor }), expand)
        )
      }
    )
  }

  const one = (path: string, summary: string, isIt: (payment: Payment) => boolean): void => {
    app.get(
      path,
      {
        config: { access: 'leads' },
        schema: {
          tags: ['Billing'],
          summary,
          params: IdParams,
          querystring: oneQuery.schema,
          response: { 200: withLead(Payment), ...ONE_READ_PROBLEMS }
        }
      },
      async (request) => {
        const id = pathId(request.params)
        const { expand, after } = oneQuery.parse(request.query)
        await freshness.includes(after)
        const payment = await reads(request, async (db) => {
          const known = await findPayment(db, id)
          return oneWithLead(db, known !== null && isIt(known) ? known : null, expand)
        })
        return found(payment, 'PAYMENT_UNKNOWN', `payment ${id}`)
      }
    )
  }

  list('/payments', 'Money that came in for invoices, with what went back of it', listQuery, {})
  one('/payments/:id', 'One payment with its refunds and disputes', () => true)
  list('/parked-payments', 'Money that fits no invoice and waits for a person', parkedQuery, { state: 'parked' })
  one(
    '/parked-payments/:id',
    'One payment that waits for a person: what was paid, what was owed, and why it waits',
    ({ state }) => state === 'parked'
  )
}
