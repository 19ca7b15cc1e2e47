import { ExtractionKind, Nullable, OneOf, PersonId, Timestamp } from '@leadlog/contracts'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import type { WhatIfStore } from '@leadlog/whatif/store'
import { Type, type Static } from '@sinclair/typebox'
import { IdempotencyHeaders } from '../commands/idempotency-key.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import { cursorParameter, limitParameter } from '../query/parameter.ts'
import { operatorOf, startWork } from '../work/work-desk.ts'
import { findWorkById } from '../work/work.queries.ts'
import { workRoutes, type WorkRouteDeps } from '../work/work.routes.ts'
import { WorkAccepted } from '../work/work.schema.ts'
import type { WorkQuestions } from '../work/worker/work-questions.ts'
import { readRecordCursor, writeRecordCursor } from './record-cursor.ts'

const NOTHING_MORE = { additionalProperties: false }

const Asked = {
  reader: Type.Optional(
    Nullable(
      Type.Object(
        {
          provider: OneOf('rules', 'gemini', 'openai'),
          model: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 100 })))
        },
        { ...NOTHING_MORE, description: 'who reads instead; absent: the readings stay as they are' }
      )
    )
  ),
  variables: Type.Optional(
    Type.Record(Type.String({ pattern: '^[ZH]CF_[A-Z0-9_]{1,60}$' }), Type.String({ maxLength: 100 }), {
      additionalProperties: false,
      description: 'other CRM fields, as the mapping is configured: ZCF_BUDGET names the field; empty switches it off'
    })
  ),
  from: Type.Optional(Nullable(Timestamp)),
  to: Type.Optional(Nullable(Timestamp)),
  kinds: Type.Optional(Type.Array(ExtractionKind, { minItems: 1, uniqueItems: true, description: 'both by default' })),
  leadIds: Type.Optional(Nullable(Type.Array(PersonId, { minItems: 1, maxItems: 1_000 }))),
  limit: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100_000, description: 'most leads, the newest' })))
}
const Question = Type.Object(Asked, NOTHING_MORE)

const NewWhatIf = Type.Object(
  {
    ...Asked,
    description: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'why; name nobody' }),
    maxCostMicroUsd: Type.Integer({
      minimum: 0,
      description: 'refused when the estimate is above it: what was agreed to'
    })
  },
  NOTHING_MORE
)

const Application = Type.Object(
  { leadIds: Type.Array(PersonId, { minItems: 1, maxItems: 1_000, uniqueItems: true }) },
  NOTHING_MORE
)

const Estimate = Type.Object({
  readings: Type.Integer(),
  leads: Type.Integer(),
  estimate: Type.Object({
    calls: Type.Integer({ description: 'of the model' }),
    kept: Type.Integer({ description: 'answers that were paid for before' }),
    inputTokens: Type.Integer(),
    outputTokens: Type.Integer(),
    costMicroUsd: Type.Number()
  })
})

const Choices = Type.Object({
  readers: Type.Array(
    Type.Object({
      provider: Type.String(),
      model: Type.String(),
      configured: Type.Boolean(),
      outside: Type.Boolean({ description: 'costs money and goes to a vendor' })
    })
  ),
  crm: Type.String(),
  fields: Type.Array(Type.Object({ field: Type.String(), apiName: Type.String(), variable: Type.String() }))
})

const Side = Type.Object({
  value: Nullable(Type.Union([Type.String(), Type.Number()])),
  evidence: Nullable(Type.String()),
  readBy: Nullable(Type.String())
})

const WhatIfRecord = Type.Object({
  leadId: Type.String(),
  name: Nullable(Type.String()),
  email: Nullable(Type.String()),
  crmId: Nullable(Type.String()),
  appliedAt: Nullable(Timestamp),
  differences: Type.Array(
    Type.Object({
      field: Type.String(),
      domainField: Nullable(Type.String()),
      kind: Type.String(),
      is: Side,
      wouldBe: Side
    })
  ),
  problems: Type.Array(Type.Object({ extractionId: Type.String(), outcome: Type.String(), code: Type.String() }))
})

const recordsQuery = defineQuery({ limit: limitParameter(), cursor: cursorParameter() })

const PROBLEMS = problemResponses(400, 401, 403, 404, 409, 422, 429, 500, 503)

/** Past readings another way: what would the CRM hold? Start, watch, look, and put into force. */
export function whatIfRoutes(
  app: HttpServer,
  deps: WorkRouteDeps & { readonly questions: WorkQuestions; readonly whatIfs: () => Promise<WhatIfStore> }
): void {
  const { context, desk, questions, whatIfs } = deps
  workRoutes(app, { path: '/what-ifs', words: 'what-if', kinds: ['what-if', 'apply-what-if'] }, deps)
  const ask = (task: string, order: object): Promise<unknown> =>
    questions
      .ask({ task, id: task, actor: 'service:gateway', startedAt: '', order: { ...order } })
      .catch((error: unknown) => {
        throw whatIfProblem(error) ?? error
      })

  app.get(
    '/what-ifs/choices',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'What a what-if can try: who reads, and the CRM fields of the mapping in force',
        response: { 200: Choices, ...READ_PROBLEMS }
      }
    },
    async () => (await ask('what-if-choices', {})) as Static<typeof Choices>
  )

  app.post(
    '/what-ifs/estimate',
    {
      config: { access: 'commands' },
      schema: {
        tags: ['Operations'],
        summary: 'How much a what-if would read, and what it would cost; nobody outside is asked',
        body: Question,
        response: { 200: Estimate, ...PROBLEMS, ...problemResponses(504) }
      }
    },
    async (request) => {
      operatorOf(request)
      return (await ask('what-if-estimate', orderOf(request.body))) as Static<typeof Estimate>
    }
  )

  app.post(
    '/what-ifs',
    {
      config: { access: 'commands' },
      schema: {
        tags: ['Operations'],
        summary: 'Reads past bookings and transcripts another way, or maps them to other fields; changes nothing',
        headers: IdempotencyHeaders,
        body: NewWhatIf,
        response: { 202: WorkAccepted, ...PROBLEMS }
      }
    },
    async (request, reply) => {
      operatorOf(request)
      const { description, maxCostMicroUsd, ...question } = request.body
      const order = orderOf(question)
      return startWork(desk, request, reply, {
        path: '/v1/what-ifs',
        kind: 'what-if',
        about: [],
        description: description.trim(),
        request: { ...order, maxCostMicroUsd }
      })
    }
  )

  app.get(
    '/what-ifs/:id/records',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'What a what-if found: the leads of which something would be different, most differences first',
        params: IdParams,
        querystring: recordsQuery.schema,
        response: { 200: pageOf(WhatIfRecord), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      found(await context.reads(request, (db) => findWorkById(db, id, ['what-if'])), 'WORK_UNKNOWN', `what-if ${id}`)
      const { limit, cursor } = recordsQuery.parse(request.query)
      const after = cursor === undefined ? null : readRecordCursor(cursor)
      const { records, next } = await (await whatIfs()).recordPage(id, { limit, after })
      return {
        // Of an erased person nothing is left to show.
        data: records
          .filter(({ differences, problems }) => differences.length + problems.length > 0)
          .map(({ leadId, name, email, crmId, appliedAt, differences, problems }) => ({
            leadId,
            name,
            email,
            crmId,
            appliedAt: appliedAt?.toISOString() ?? null,
            differences: [...differences],
            problems: [...problems]
          })),
        nextCursor: next === null ? null : writeRecordCursor(next)
      }
    }
  )

  app.post(
    '/what-ifs/:id/apply',
    {
      config: { access: 'commands' },
      schema: {
        tags: ['Operations'],
        summary: 'Puts what was found into force for the named leads; who was read again since is left alone',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: Application,
        response: { 202: WorkAccepted, ...PROBLEMS }
      }
    },
    async (request, reply) => {
      operatorOf(request)
      const id = pathId(request.params)
      const row = await context.reads(request, (db) => findWorkById(db, id, ['what-if']))
      const { state } = found(row, 'WORK_UNKNOWN', `what-if ${id}`)
      if (state !== 'done') {
        throw new HttpProblem(409, 'WHATIF_NOT_APPLICABLE', 'This what-if did not run to its end. Run it again')
      }
      return startWork(desk, request, reply, {
        path: '/v1/what-ifs',
        kind: 'apply-what-if',
        about: [id],
        description: null,
        request: { whatIfId: id, leadIds: request.body.leadIds }
      })
    }
  )
}

/** @throws HttpProblem 400 WHATIF_VARIANT_INVALID where nothing would be different */
function orderOf(question: Static<typeof Question>) {
  const { reader = null, variables = {}, from = null, to = null, kinds, leadIds = null, limit = null } = question
  const isMapped = Object.keys(variables).length > 0
  if (reader === null && !isMapped) {
    const detail = 'Nothing would be different. Choose who reads instead, or another CRM field'
    throw new HttpProblem(400, 'WHATIF_VARIANT_INVALID', detail)
  }
  return {
    variant: {
      reader: reader === null ? null : { provider: reader.provider, model: reader.model ?? null, prompts: {} },
      mapping: isMapped ? { document: null, variables } : null
    },
    selection: { from, to, kinds: kinds ?? ['lead-intel', 'meddic'], leadIds, readBy: null, limit }
  }
}

/** What a person can mend, as an answer to the request. */
function whatIfProblem(error: unknown): HttpProblem | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  if (!/^(WHATIF|CRM_SYNC_MAPPING)_/.test(error.code)) return null
  return new HttpProblem(409, error.code, error.message)
}
