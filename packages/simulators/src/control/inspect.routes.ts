import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { crmNames } from '../crm/crm-lead.ts'
import { crmLeads } from '../crm/crm-leads.ts'
import { objectTypeNames } from '../hubspot/hubspot-properties.ts'
import { hubspotWriteCounts } from '../hubspot/hubspot-write-counts.ts'
import type { SimulatorState } from '../state.ts'
import { fieldsOf } from '../zoho/zoho-fields.ts'
import { notesOf } from '../zoho/zoho-notes.ts'
import { zohoWriteCounts } from '../zoho/zoho-write-counts.ts'
import { showRecord } from '../zoho/zoho-reads.ts'

const Crm = Type.Object({
  crm: Type.Union(
    crmNames.map((name) => Type.Literal(name)),
    { default: 'zoho' }
  )
})
const Omit = Type.Object({ omit: Type.Optional(Type.String()) })

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
      zohoCredits: state.zohoCredits.used(86_400_000),
      hubspotWrites: hubspotWriteCounts(state.hubspot),
      hubspotTokens: state.hubspotTokens.issued(),
      hubspotRequestsToday: state.hubspotLimits.usedToday()
    }))

    app.get('/crm/leads', { schema: { querystring: Crm } }, async ({ query }) => ({ data: crmLeads(state, query.crm) }))

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

    app.get('/zoho/snapshot', { schema: { querystring: Omit } }, async ({ query }, reply) =>
      reply.type('application/json; charset=utf-8').send(state.zohoSnapshot(query.omit?.split(',')))
    )

    app.get(
      '/hubspot/objects',
      { schema: { querystring: Type.Object({ type: Type.String({ default: 'contacts' }) }) } },
      async ({ query }, reply) =>
        objectTypeNames().includes(query.type)
          ? { data: state.hubspot.list(query.type) }
          : reply.code(404).send({ error: `The simulated HubSpot has no object type "${query.type}".` })
    )

    app.get(
      '/hubspot/writes',
      { schema: { querystring: Type.Object({ id: Type.Optional(Type.String()) }) } },
      async ({ query }) => ({
        data: state.hubspot.writes().filter((write) => query.id === undefined || write.id === query.id)
      })
    )

    app.get('/hubspot/snapshot', { schema: { querystring: Omit } }, async ({ query }, reply) =>
      reply.type('application/json; charset=utf-8').send(state.hubspotSnapshot(query.omit?.split(',')))
    )

    app.get('/slack/messages', async () => ({ data: state.slack.list() }))
  }
