import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger } from 'fastify'
import type { SimulatorSecrets } from '../config.ts'
import { Misbehaviour } from '../delivery/misbehaviour.ts'
import { generateLoad } from '../load/generate-load.ts'
import type { Delivery } from '../sample-day/delivery.ts'
import { recordSampleDay } from '../sample-day/record-sample-day.ts'
import { SAMPLE_BASE_DATE, sampleDay } from '../sample-day/sample-day.ts'
import type { SimulatorState } from '../state.ts'

const Ingest = Type.String({ description: 'Base URL of ingest.', pattern: '^https?://' })

const Provider = Type.Union([Type.Literal('calendly'), Type.Literal('readai'), Type.Literal('zoom')])

const Batch = Type.Object(
  {
    ingest: Ingest,
    what: Type.Union([Type.Literal('sample-day'), Type.Literal('load')]),
    baseDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    customers: Type.Optional(Type.Integer({ minimum: 1 })),
    seed: Type.Optional(Type.String()),
    misbehave: Type.Optional(Misbehaviour)
  },
  { additionalProperties: false }
)

/** The vendors' senders: whole days and loads of webhooks. */
export const senderRoutes =
  (state: SimulatorState, secrets: SimulatorSecrets): FastifyPluginAsyncTypebox =>
  async (app) => {
    const inBackground = (sending: Promise<void>, log: FastifyBaseLogger): void => {
      sending.catch((error: unknown) => log.error(error))
    }
    app.get('/deliveries', async () => ({
      senders: state.deliveries.senders(),
      waiting: state.deliveries.waiting(),
      attempts: state.deliveries.attempts()
    }))

    app.post('/deliveries', { schema: { body: Batch } }, async ({ body, log }, reply) => {
      const { ingest, baseDate = SAMPLE_BASE_DATE } = body
      const deliveries: Delivery[] =
        body.what === 'sample-day'
          ? sampleDay({ baseDate, includeBad: false, secrets })
          : [...generateLoad({ customers: body.customers ?? 10, seed: body.seed ?? 'load', baseDate, secrets })]
      if (body.what === 'sample-day') recordSampleDay(state, baseDate)
      inBackground(state.deliveries.send(deliveries, ingest, body.misbehave), log)
      return reply.code(202).send({ sending: deliveries.length })
    })

    app.post(
      '/deliveries/lose',
      {
        schema: {
          body: Type.Object(
            { count: Type.Integer({ minimum: 0 }), provider: Type.Optional(Provider) },
            { additionalProperties: false }
          )
        }
      },
      async ({ body }) => {
        state.deliveries.lose(body.count, body.provider)
        return { losing: body.count }
      }
    )

    app.post('/deliveries/reactivate', { schema: { body: Type.Object({ provider: Provider }) } }, async ({ body }) => {
      state.deliveries.reactivate(body.provider)
      return state.deliveries.senders()
    })
  }
