import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { JsonValue } from '../json.ts'
import type { AnswerBook } from '../llm/answer-book.ts'

const Model = Type.Union([Type.Literal('gemini'), Type.Literal('openai')])
/** Any JSON; a text is sent as it is, so that wrong answers can be laid down too. */
const Answer = Type.Unsafe<JsonValue>({})

const Script = Type.Object(
  {
    vendor: Type.Optional(Model),
    promptHash: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    contains: Type.Optional(Type.String({ minLength: 1 })),
    answer: Answer
  },
  { additionalProperties: false }
)

/** Answers of the language models that are laid down beforehand. */
export const answerRoutes =
  (book: AnswerBook): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/', async () => ({ scripts: book.scripts(), prompts: book.prompts() }))

    app.put('/scripts', { schema: { body: Type.Array(Script) } }, async ({ body }) => {
      book.script(body)
      return { scripts: book.scripts().length }
    })

    app.post(
      '/queue',
      { schema: { body: Type.Object({ vendor: Type.Optional(Model), answers: Type.Array(Answer, { minItems: 1 }) }) } },
      async ({ body }) => {
        book.queue(body.answers, body.vendor)
        return { queued: body.answers.length }
      }
    )
  }
