import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { AnswerBook, ModelAnswer, ModelPrompt } from '../llm/answer-book.ts'
import { seededUuid } from '../seeded.ts'
import { bodyObject, sendAnswer, thinkFor } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { invalidRequest, openaiError } from './openai-errors.ts'
import { strictSchemaProblem } from './strict-schema.ts'
import { transcribe, type FindRecording } from './transcriptions.ts'

export interface OpenaiParts {
  apiKey: string
  book: AnswerBook
  clock: SimulatorClock
  latencyMs: () => number
  /** Of the simulated Twilio account, whose sound is heard. */
  recording: FindRecording
}

/** Models that think first take `max_completion_tokens` only. */
const THINKING_MODELS = /^(o\d|gpt-5)/

const contentText = (content: JsonValue | undefined): string => {
  if (!Array.isArray(content)) return asText(content) ?? ''
  return content.map((part) => (isJsonObject(part) ? (asText(part.text) ?? '') : '')).join('\n')
}

const schemaFormat = (body: JsonObject): JsonObject => {
  const format = isJsonObject(body.response_format) ? body.response_format : {}
  return isJsonObject(format.json_schema) ? format.json_schema : {}
}

const promptOf = (body: JsonObject): ModelPrompt => {
  const messages = (Array.isArray(body.messages) ? body.messages : []).filter(isJsonObject)
  const textOf = (roles: readonly string[]): string =>
    messages
      .filter(({ role }) => roles.includes(asText(role) ?? ''))
      .map(({ content }) => contentText(content))
      .join('\n')
  const { schema } = schemaFormat(body)
  const limit = body.max_completion_tokens ?? body.max_tokens
  return {
    vendor: 'openai',
    system: textOf(['system', 'developer']),
    user: textOf(['user']),
    schema: isJsonObject(schema) ? schema : undefined,
    wantsJson: isJsonObject(body.response_format) && body.response_format.type !== 'text',
    maxOutputTokens: typeof limit === 'number' ? limit : undefined
  }
}

const problemWith = (body: JsonObject, model: string): VendorAnswer | undefined => {
  if (model === '') return invalidRequest('you must provide a model parameter')
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    return invalidRequest("[] is too short - 'messages'", 'messages')
  }
  if (body.stream === true) return invalidRequest('The simulator does not stream.', 'stream', 'unsupported_value')
  if (THINKING_MODELS.test(model) && body.max_tokens !== undefined) {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    return invalidRequest(message, 'max_tokens', 'unsupported_parameter')
  }
  const { schema, strict, name } = schemaFormat(body)
  const problem = strict === true && isJsonObject(schema) ? strictSchemaProblem(schema) : undefined
  if (problem === undefined) return undefined
  return invalidRequest(`Invalid schema for response_format '${asText(name) ?? ''}': ${problem}`, 'response_format')
}

const completion = (answer: ModelAnswer, model: string, id: string, at: Date): JsonObject => {
  const refused = answer.ending === 'blocked'
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: Math.floor(at.getTime() / 1000),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: refused ? null : answer.text,
          refusal: refused ? "I'm sorry, I cannot assist with that request." : null
        },
        logprobs: null,
        finish_reason: answer.ending === 'cut' ? 'length' : 'stop'
      }
    ],
    usage: {
      prompt_tokens: answer.promptTokens,
      completion_tokens: answer.answerTokens,
      total_tokens: answer.promptTokens + answer.answerTokens
    },
    system_fingerprint: 'fp_fictional'
  }
}

const modelIn = (request: FastifyRequest): string => asText(bodyObject(request)?.model) ?? ''

/** OpenAI's chat completions and transcriptions, and those of servers that copy them. */
export const openai = ({ apiKey, book, clock, latencyMs, recording }: OpenaiParts): Vendor => {
  let answers = 0

  const complete = (request: FastifyRequest): VendorAnswer => {
    if (request.headers.authorization !== `Bearer ${apiKey}`) return openaiError('invalid_api_key', '')
    const body = bodyObject(request)
    if (body === undefined) return invalidRequest('We could not parse the JSON body of your request.')
    const model = asText(body.model) ?? ''
    const problem = problemWith(body, model)
    if (problem !== undefined) return problem
    answers += 1
    const id = seededUuid('openai', answers).replaceAll('-', '').slice(0, 29)
    const answer = book.answer(promptOf(body), request.vendorCall?.fault)
    return jsonAnswer(200, completion(answer, model, id, clock.now()), {
      'x-request-id': `req_${id}`,
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms'
    })
  }

  return {
    name: 'openai',
    routes: (app: FastifyInstance) => {
      app.get<{ Params: { model: string } }>('/v1/models/:model', (request, reply) =>
        sendAnswer(
          reply,
          request.headers.authorization === `Bearer ${apiKey}`
            ? jsonAnswer(200, { id: request.params.model, object: 'model', owned_by: 'simulator' })
            : openaiError('invalid_api_key', '')
        )
      )
      app.post('/v1/audio/transcriptions', async (request, reply) => {
        await thinkFor(request, latencyMs())
        const isKnown = request.headers.authorization === `Bearer ${apiKey}`
        return sendAnswer(reply, isKnown ? await transcribe(request, recording) : openaiError('invalid_api_key', ''))
      })
      app.post('/v1/chat/completions', async (request, reply) => {
        await thinkFor(request, latencyMs())
        return sendAnswer(reply, complete(request))
      })
    },
    failure: ({ code, retryAfterSeconds, request }) => openaiError(code, modelIn(request), retryAfterSeconds)
  }
}
