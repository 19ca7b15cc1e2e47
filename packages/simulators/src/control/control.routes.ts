import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FaultRule } from '../faults/fault-rule.ts'
import { changeSettings } from '../settings.ts'
import type { SimulatorState } from '../state.ts'

const Problem = Type.Object({ error: Type.String() })
const RuleList = Type.Array(FaultRule)

const listRules = (state: SimulatorState) =>
  state.faults.list().map(({ rule, seen, hits }) => ({ ...rule, seen, hits }))

/** Faults, limits and the clock: how the vendors are told to misbehave. */
export const controlRoutes =
  (state: SimulatorState): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/faults', async () => ({ rules: listRules(state) }))

    app.put(
      '/faults',
      { schema: { body: Type.Union([RuleList, Type.Object({ rules: RuleList })]) } },
      async ({ body }) => {
        state.faults.set(Array.isArray(body) ? body : body.rules)
        return { rules: listRules(state) }
      }
    )

    app.post('/faults', { schema: { body: FaultRule } }, async ({ body }) => {
      state.faults.add(body)
      return { rules: listRules(state) }
    })

    app.delete('/faults', async () => {
      state.faults.set([])
      return { rules: [] }
    })

    app.delete('/faults/:id', { schema: { params: Type.Object({ id: Type.String() }) } }, async ({ params }, reply) => {
      if (state.faults.remove(params.id)) return { rules: listRules(state) }
      return reply.code(404).send({ error: `No fault rule is called "${params.id}"; GET /_control/faults lists them.` })
    })

    app.get('/settings', async () => state.settings)

    app.patch('/settings', async ({ body }, reply) => {
      const problem = changeSettings(state.settings, body)
      return problem === undefined ? state.settings : reply.code(400).send({ error: problem })
    })

    app.get('/clock', async () => ({ now: state.clock.now().toISOString() }))

    app.post(
      '/clock',
      { schema: { body: Type.Object({ advanceMs: Type.Integer({ minimum: 0 }) }) } },
      async ({ body }) => {
        state.clock.advance(body.advanceMs)
        return { now: state.clock.now().toISOString() }
      }
    )

    app.post('/zoho/revoke-tokens', async () => {
      state.zohoTokens.revokeAll()
      return { ok: true }
    })

    app.post('/hubspot/revoke-tokens', async () => {
      state.hubspotTokens.revokeAll()
      return { ok: true }
    })

    app.post(
      '/reset',
      { schema: { response: { 200: Type.Object({ ok: Type.Boolean() }), 500: Problem } } },
      async () => {
        state.reset()
        return { ok: true }
      }
    )
  }
