import { Flag, Nullable } from '@leadlog/contracts'
import { problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { doingOf } from '../access/doing-of.ts'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import type { FlagBook } from './flag-book.ts'
import { FlagAnswer } from './flag.schema.ts'
import { findFlags } from './flags.queries.ts'

const query = defineQuery({ after: afterParameter() })

const Switch = Type.Object(
  {
    on: Type.Boolean(),
    reason: Type.String({
      minLength: 3,
      maxLength: 500,
      pattern: '\\S\\s*\\S\\s*\\S',
      description: 'for who reads it later; free of personal data'
    })
  },
  { additionalProperties: false }
)

/** What can be switched off while everything runs, and how it stands. */
export function flagRoutes(app: HttpServer, { reads, freshness }: ReadContext, book: FlagBook): void {
  app.get(
    '/flags',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Operations'],
        summary: 'What can be switched while everything runs: how it stands, who switched it, why, and what waits',
        querystring: query.schema,
        response: { 200: Type.Object({ data: Type.Array(FlagAnswer) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(query.parse(request.query).after)
      return { data: await reads(request, findFlags) }
    }
  )

  app.patch(
    '/flags/:flag',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Operations'],
        summary: 'Switches it on or off; every process goes by it within a second',
        params: Type.Object({ flag: Flag }),
        body: Switch,
        response: {
          200: Type.Object({
            flag: Flag,
            on: Type.Boolean(),
            after: Nullable(Type.Integer({ description: 'for `?after=`' }))
          }),
          ...problemResponses(400, 401, 403, 409, 429, 500, 503)
        }
      }
    },
    async (request) => {
      const { flag } = request.params
      const { on, reason } = request.body
      const events = await book.switch({ flag, on, reason }, doingOf(request))
      return { flag, on, after: events.at(-1)?.sequence ?? null }
    }
  )
}
