import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { SimulatorState } from '../state.ts'
import { showSession } from './stripe-resources.ts'
import { StripeDelivery } from './stripe-sender.ts'

const Id = Type.Object({ id: Type.String() })
const Amount = Type.Integer({ minimum: 1 })
const Nothing = { error: 'There is nothing in this state: GET /_control/stripe lists what there is.' }

/** What customers and their banks do, and how badly it is told. */
export const stripeRoutes =
  (state: SimulatorState): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, desk, sender } = state.stripe

    app.get('/', async () => ({
      sessions: store.sessions.list().map((session) => showSession(session)),
      attempts: sender.attempts(),
      waiting: sender.waiting()
    }))

    app.put('/delivery', { schema: { body: StripeDelivery } }, async ({ body }) => {
      sender.configure(body)
      return body
    })

    app.post(
      '/sessions/:id/pay',
      {
        schema: {
          params: Id,
          body: Type.Object(
            {
              later: Type.Optional(Type.Boolean()),
              amount: Type.Optional(Amount),
              currency: Type.Optional(Type.String({ pattern: '^[a-z]{3}$' }))
            },
            { additionalProperties: false }
          )
        }
      },
      async ({ params, body }, reply) => {
        const session = desk.pay(params.id, body)
        return session === undefined ? reply.code(409).send(Nothing) : showSession(session)
      }
    )

    app.post(
      '/sessions/:id/settle',
      { schema: { params: Id, body: Type.Object({ succeeded: Type.Boolean() }, { additionalProperties: false }) } },
      async ({ params, body }, reply) => {
        const session = desk.settle(params.id, body.succeeded)
        return session === undefined ? reply.code(409).send(Nothing) : showSession(session)
      }
    )

    app.post('/sessions/:id/expire', { schema: { params: Id } }, async ({ params }, reply) => {
      const session = desk.expire(params.id)
      return session === undefined ? reply.code(409).send(Nothing) : showSession(session)
    })

    app.post(
      '/payments/:id/refund',
      { schema: { params: Id, body: Type.Object({ amount: Type.Optional(Amount) }, { additionalProperties: false }) } },
      async ({ params, body }, reply) => {
        const refund = desk.refund(params.id, body.amount)
        return refund === undefined ? reply.code(409).send(Nothing) : { refund }
      }
    )

    app.post(
      '/refunds/:id/fail',
      {
        schema: {
          params: Id,
          body: Type.Object(
            { reason: Type.Optional(Type.String({ pattern: '^[a-z_]{1,64}$' })) },
            { additionalProperties: false }
          )
        }
      },
      async ({ params, body }, reply) => {
        const refund = desk.failRefund(params.id, body.reason)
        return refund === undefined ? reply.code(409).send(Nothing) : { refund }
      }
    )

    app.post('/payments/:id/dispute', { schema: { params: Id } }, async ({ params }, reply) => {
      const dispute = desk.dispute(params.id)
      return dispute === undefined ? reply.code(409).send(Nothing) : { dispute }
    })

    app.post(
      '/disputes/:id/close',
      { schema: { params: Id, body: Type.Object({ won: Type.Boolean() }, { additionalProperties: false }) } },
      async ({ params, body }, reply) => {
        const dispute = desk.closeDispute(params.id, body.won)
        return dispute === undefined ? reply.code(409).send(Nothing) : { dispute }
      }
    )
  }
