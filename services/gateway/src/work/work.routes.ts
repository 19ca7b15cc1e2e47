import type { WorkKind } from '@leadlog/contracts'
import { problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { doingOf } from '../access/doing-of.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import { afterParameter, choiceParameter, cursorParameter, limitParameter, textParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import type { LiveStreams } from '../stream/live-streams.ts'
import type { UserBook } from '../users/user-book.ts'
import { namesOf, operatorOf, type WorkDesk } from './work-desk.ts'
import type { WorkRow } from './work.projection.ts'
import { findWork, findWorkById } from './work.queries.ts'
import { WorkAnswer, WorkSummary, workSummaryOf } from './work.schema.ts'

const listQuery = defineQuery({
  state: choiceParameter({
    description: 'running, done, stopped or failed; all by default',
    words: ['running', 'done', 'stopped', 'failed'] as const
  }),
  about: textParameter({ description: 'one kind of failure, read model or what-if' }),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

const EVENT_STREAM = {
  description: 'messages `progress` with the resource as a list has it, and `end` when it has ended',
  content: { 'text/event-stream': { schema: Type.Unknown({ description: 'messages with event and data' }) } }
}

/** How often a progress that is watched is looked up. */
const LOOK_EVERY_MS = 500
/** Progress streams that one process keeps open. */
export const MAX_PROGRESS_STREAMS = 100

export interface WorkResource {
  /** Path below `/v1`, for example `/rebuilds`. */
  readonly path: string
  /** What it is called in the documents. */
  readonly words: string
  readonly kinds: readonly WorkKind[]
}

export interface WorkRouteDeps {
  readonly context: ReadContext
  readonly desk: WorkDesk
  readonly users: Pick<UserBook, 'find'>
  /** Of every kind of work together. */
  readonly streams: LiveStreams
}

/** What every kind of work can be asked: all of it, one, its progress as it moves, and to stop it. */
export function workRoutes(app: HttpServer, { path, words, kinds }: WorkResource, deps: WorkRouteDeps): void {
  const { context, desk, users, streams } = deps
  const summariesOf = async (rows: readonly WorkRow[]): Promise<WorkSummary[]> => {
    const nameOf = await namesOf(
      users,
      rows.flatMap((row) => [row.started_by, row.cancelled_by])
    )
    return Promise.all(
      rows.map(async (row) =>
        workSummaryOf(row, nameOf, row.state === 'running' ? await desk.board.read(row.id) : null)
      )
    )
  }
  const summaryOf = async (row: WorkRow): Promise<WorkSummary> => {
    const [summary] = await summariesOf([row])
    return found(summary, 'WORK_UNKNOWN', row.id)
  }

  app.get(
    path,
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: `Every ${words}, newest first: who started it, why, and how it stands or ended`,
        querystring: listQuery.schema,
        response: { 200: pageOf(WorkSummary), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await context.freshness.includes(after)
      const page = await context.reads(request, (db) => findWork(db, { kinds, ...filter }, { limit, cursor }))
      return { data: await summariesOf(page.data), nextCursor: page.nextCursor }
    }
  )

  app.get(
    `${path}/:id`,
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: `One ${words}: how it stands, or how it ended`,
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: WorkAnswer, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await context.freshness.includes(oneQuery.parse(request.query).after)
      const read = await context.reads(request, (db) => findWorkById(db, id, kinds))
      const row = found(read, 'WORK_UNKNOWN', `${words} ${id}`)
      return { ...(await summaryOf(row)), order: { ...row.asked } }
    }
  )

  app.get(
    `${path}/:id/progress`,
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Live'],
        summary: `How far one ${words} is, as it moves`,
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: EVENT_STREAM, ...ONE_READ_PROBLEMS }
      }
    },
    async (request, reply) => {
      const id = pathId(request.params)
      await context.freshness.includes(oneQuery.parse(request.query).after)
      const read = (): Promise<WorkRow | null> => context.reads(request, (db) => findWorkById(db, id, kinds))
      found(await read(), 'WORK_UNKNOWN', `${words} ${id}`)
      let timer: NodeJS.Timeout | undefined
      let told = ''
      const stream = streams.open(request, () => clearTimeout(timer))
      const look = async (): Promise<void> => {
        const row = await read()
        const answer = row && (await summaryOf(row))
        // Whoever watched went away meanwhile.
        if (!streams.has(stream)) return
        if (answer === null || answer.state !== 'running') {
          stream.send([{ event: 'end', data: answer }])
          stream.end()
          return
        }
        const text = JSON.stringify(answer)
        if (text !== told) stream.send([{ event: 'progress', data: answer }])
        told = text
        timer = setTimeout(next, LOOK_EVERY_MS)
      }
      // A read that fails ends the stream: whoever watches comes back.
      const next = (): void => void look().catch(() => stream.end())
      next()
      return streams.answer(reply, stream)
    }
  )

  app.post(
    `${path}/:id/cancel`,
    {
      config: { access: 'commands' },
      schema: {
        tags: ['Operations'],
        summary: `Asks to stop one ${words}; what it has done so far stays`,
        params: IdParams,
        response: {
          202: Type.Object({ id: Type.String() }),
          ...problemResponses(400, 401, 403, 404, 409, 429, 500, 503)
        }
      }
    },
    async (request, reply) => {
      operatorOf(request)
      const id = pathId(request.params)
      const known = await desk.book.find(id)
      found(known !== null && kinds.includes(known.kind) ? known : null, 'WORK_UNKNOWN', `${words} ${id}`)
      await desk.book.cancel(id, doingOf(request))
      return reply.code(202).send({ id })
    }
  )
}
