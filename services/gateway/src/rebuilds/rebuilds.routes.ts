import { Nullable, Timestamp } from '@leadlog/contracts'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { IdempotencyHeaders } from '../commands/idempotency-key.ts'
import { gatewayProjections } from '../gateway-projections.ts'
import type { ReadDatabase } from '../database/database.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { operatorOf, startWork } from '../work/work-desk.ts'
import { findWorkById } from '../work/work.queries.ts'
import { workRoutes, type WorkRouteDeps } from '../work/work.routes.ts'
import { WorkAccepted } from '../work/work.schema.ts'
import type { WorkQuestions } from '../work/worker/work-questions.ts'
import { findReadModels, findTables } from './rebuilds.queries.ts'

const MODELS = gatewayProjections.map(({ name }) => name)

const NewRebuild = Type.Object(
  {
    models: Type.Array(Type.String(), { minItems: 1, maxItems: MODELS.length, uniqueItems: true }),
    description: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'why; name nobody' })
  },
  { additionalProperties: false }
)

const Slot = Nullable(Type.Object({ version: Type.Integer(), createdAt: Timestamp, finishedAt: Nullable(Timestamp) }))

const ReadModel = Type.Object({
  name: Type.String(),
  version: Nullable(Type.Integer({ description: 'of the live table' })),
  newestVersion: Type.Integer({ description: 'of this release' }),
  rows: Type.Integer({ description: "as Postgres' statistics have it" }),
  bytes: Type.Integer({ description: 'of the table and its indexes' }),
  rebuild: Slot,
  previous: Slot
})

const RowDifference = Type.Object({
  key: Type.String(),
  kind: Type.String({ description: 'added, removed or changed, seen from the live table' }),
  columns: Type.Array(Type.Object({ column: Type.String(), live: Type.Unknown(), rebuilt: Type.Unknown() }))
})

const Comparison = Type.Object({
  models: Type.Array(
    Type.Object({
      name: Type.String(),
      equal: Type.Boolean(),
      sequences: Type.Record(Type.String(), Type.Integer()),
      liveRows: Type.Integer(),
      rebuiltRows: Type.Integer(),
      added: Type.Integer(),
      removed: Type.Integer(),
      changed: Type.Integer(),
      changedByColumn: Type.Record(Type.String(), Type.Integer()),
      columnsOnlyLive: Type.Array(Type.String()),
      columnsOnlyRebuilt: Type.Array(Type.String()),
      samples: Type.Array(RowDifference)
    })
  )
})

const PROBLEMS = problemResponses(400, 401, 403, 404, 409, 422, 429, 500, 503)

/** Read models built anew beside the live ones: start, watch, compare, swap, and back. */
export function rebuildRoutes(
  app: HttpServer,
  deps: WorkRouteDeps & { readonly db: ReadDatabase; readonly questions: WorkQuestions }
): void {
  const { db, desk, context } = deps
  workRoutes(
    app,
    { path: '/rebuilds', words: 'rebuild', kinds: ['rebuild', 'swap', 'discard-table', 'roll-back'] },
    deps
  )

  app.get(
    '/read-models',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'The tables of the read models: how large, and what is kept beside them',
        response: { 200: Type.Object({ data: Type.Array(ReadModel) }), ...READ_PROBLEMS }
      }
    },
    async () => ({ data: await findReadModels(db) })
  )

  app.post(
    '/rebuilds',
    {
      config: { access: 'commands' },
      schema: {
        tags: ['Operations'],
        summary: 'Builds read models anew beside the live ones, and compares; reads go on',
        headers: IdempotencyHeaders,
        body: NewRebuild,
        response: { 202: WorkAccepted, ...PROBLEMS }
      }
    },
    async (request, reply) => {
      operatorOf(request)
      const { models, description } = request.body
      const unknown = models.find((name) => !MODELS.includes(name))
      if (unknown !== undefined) {
        const detail = `There is no read model ${unknown}; see /v1/read-models`
        throw new HttpProblem(400, 'READ_MODEL_UNKNOWN', detail)
      }
      return startWork(desk, request, reply, {
        path: '/v1/rebuilds',
        kind: 'rebuild',
        about: models,
        description: description.trim(),
        request: { models }
      })
    }
  )

  app.get(
    '/rebuilds/:id/comparison',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'What differs between the live tables and the rebuilt ones, now, with samples of rows',
        params: IdParams,
        response: { 200: Comparison, ...ONE_READ_PROBLEMS, ...problemResponses(403, 409) }
      }
    },
    async (request) => {
      const row = await rebuildOf(request, pathId(request.params))
      await tablesOf(row.about, 'rebuild')
      const { id, started_by: actor, started_at: startedAt } = row
      return (await deps.questions.ask({
        task: 'compare',
        id,
        actor,
        startedAt,
        order: { models: row.about }
      })) as never
    }
  )

  for (const { path, kind, slot, summary } of ACTS) {
    app.post(
      `/rebuilds/:id/${path}`,
      {
        config: { access: 'commands' },
        schema: {
          tags: ['Operations'],
          summary,
          params: IdParams,
          headers: IdempotencyHeaders,
          response: { 202: WorkAccepted, ...PROBLEMS }
        }
      },
      async (request, reply) => {
        operatorOf(request)
        const { id, about: models } = await rebuildOf(request, pathId(request.params))
        return startWork(desk, request, reply, {
          path: '/v1/rebuilds',
          kind,
          about: models,
          description: null,
          request: { rebuildId: id, models },
          prepare: async () => ({ tables: await tablesOf(models, slot) })
        })
      }
    )
  }

  async function rebuildOf(request: Parameters<typeof context.reads>[0], id: string) {
    const row = await context.reads(request, (reads) => findWorkById(reads, id, ['rebuild']))
    const rebuild = found(row, 'WORK_UNKNOWN', `rebuild ${id}`)
    if (rebuild.state !== 'running') return rebuild
    throw new HttpProblem(409, 'REBUILD_RUNNING', 'It is not finished yet. Wait for it, or stop it')
  }

  /** The tables that are meant, so that nothing happens to others that took their place. */
  async function tablesOf(models: readonly string[], slot: 'rebuild' | 'previous'): Promise<Record<string, string>> {
    const tables = await findTables(db, models, slot)
    const missing = models.filter((name) => !(name in tables))
    if (missing.length === 0) return tables
    const words =
      slot === 'rebuild'
        ? `No finished rebuild of ${missing.join(', ')} is there: it was swapped in, discarded, or never finished`
        : `No table of ${missing.join(', ')} from before a swap is kept`
    throw new HttpProblem(409, 'REBUILD_TABLE_MISSING', words)
  }
}

const ACTS = [
  {
    path: 'swap',
    kind: 'swap',
    slot: 'rebuild',
    summary: 'Puts the rebuilt tables in place of the live ones, which are kept for a rollback'
  },
  { path: 'discard', kind: 'discard-table', slot: 'rebuild', summary: 'Drops the rebuilt tables' },
  {
    path: 'roll-back',
    kind: 'roll-back',
    slot: 'previous',
    summary: 'Puts the tables from before the last swap back in place; they catch up from where they were left'
  }
] as const
