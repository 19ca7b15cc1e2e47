import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { IdempotencyHeaders } from '../commands/idempotency-key.ts'
import { operatorOf, startWork } from '../work/work-desk.ts'
import { workRoutes, type WorkRouteDeps } from '../work/work.routes.ts'
import { WorkAccepted } from '../work/work.schema.ts'
import { findOpenLetters } from './redrives.queries.ts'

/** More than this are another redrive: an order is one event. */
const MOST_LETTERS = 1_000

const NewRedrive = Type.Object(
  {
    fingerprint: Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'the kind of failure; see /v1/dead-letters/groups'
    }),
    most: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MOST_LETTERS,
        description: `the oldest so many; ${String(MOST_LETTERS)} by default`
      })
    )
  },
  { additionalProperties: false }
)

/** Trying dead letters of one kind again, a few first. */
export function redriveRoutes(app: HttpServer, deps: WorkRouteDeps): void {
  workRoutes(app, { path: '/redrives', words: 'redrive of dead letters', kinds: ['redrive'] }, deps)

  app.post(
    '/redrives',
    {
      config: { access: 'commands' },
      schema: {
        tags: ['Operations'],
        summary: 'Tries open dead letters of one kind again: dry where the service can, five one by one, then the rest',
        description: 'It stops at the first failure that was seen before. 202 with a Location to watch it at.',
        headers: IdempotencyHeaders,
        body: NewRedrive,
        response: { 202: WorkAccepted, ...problemResponses(400, 401, 403, 409, 422, 429, 500, 503) }
      }
    },
    async (request, reply) => {
      operatorOf(request)
      const { fingerprint, most = MOST_LETTERS } = request.body
      return startWork(deps.desk, request, reply, {
        path: '/v1/redrives',
        kind: 'redrive',
        about: [fingerprint],
        description: null,
        request: { fingerprint, most },
        prepare: async () => {
          const letters = await deps.context.reads(request, (db) => findOpenLetters(db, fingerprint, most))
          if (letters.length > 0) return { letters }
          const detail = 'No dead letter of this kind is open, so there is nothing to try again'
          throw new HttpProblem(409, 'REDRIVE_EMPTY', detail)
        }
      })
    }
  )
}
