import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SimulatorState } from '../state.ts'
import { fieldsOf } from '../zoho/zoho-fields.ts'
import { notesOf } from '../zoho/zoho-notes.ts'
import { zohoWriteCounts } from '../zoho/zoho-write-counts.ts'
import { showRecord } from '../zoho/zoho-reads.ts'

const JournalQuery = Type.Object({
  vendor: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1 }))
})

/** What the vendors hold and what they were asked: for assertions and for the demo. */
export const inspectRoutes =
  (state: SimulatorState): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/journal', { schema: { querystring: JournalQuery } }, async ({ query }) => ({
      data: state.journal.list({
        ...(query.vendor === undefined ? {} : { vendor: query.vendor }),
        ...(query.limit === undefined ? {} : { limit: query.limit })
      })
    }))

    app.get('/counts', async () => ({
      calls: state.journal.counts(),
      zohoWrites: zohoWriteCounts(state.zoho),
      zohoTokens: state.zohoTokens.issued(),
      zohoCredits: state.zohoCredits.used(86_400_000)
    }))

    app.get(
      '/zoho/records',
      { schema: { querystring: Type.Object({ module: Type.String({ default: 'Leads' }) }) } },
      async ({ query }, reply) => {
        if (fieldsOf(query.module) !== undefined) {
          return { data: state.zoho.list(query.module).map((record) => showRecord(query.module, record)) }
        }
        return reply.code(404).send({ error: `The simulated CRM has no module "${query.module}".` })
      }
    )

    app.get(
      '/zoho/notes',
      { schema: { querystring: Type.Object({ parentId: Type.Optional(Type.String()) }) } },
      async ({ query }) => ({ data: notesOf(state.zoho, query.parentId) })
    )

    app.get(
      '/zoho/writes',
      { schema: { querystring: Type.Object({ id: Type.Optional(Type.String()) }) } },
      async ({ query }) => ({
        data: state.zoho.writes().filter((write) => query.id === undefined || write.id === query.id)
      })
    )

    app.get(
      '/zoho/snapshot',
      { schema: { querystring: Type.Object({ omit: Type.Optional(Type.String()) }) } },
      async ({ query }, reply) =>
        reply.type('application/json; charset=utf-8').send(state.zohoSnapshot(query.omit?.split(',')))
    )

    app.get('/slack/messages', async () => ({ data: state.slack.list() }))
  }
