import type { FastifyInstance, FastifyRequest } from 'fastify'
import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { AnswerBook, ModelAnswer, ModelPrompt } from '../llm/answer-book.ts'
import { seededUuid } from '../seeded.ts'
import { bodyObject, queryOf, sendAnswer, thinkFor } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { geminiError } from './gemini-errors.ts'

export interface GeminiParts {
  apiKey: string
  book: AnswerBook
  latencyMs: () => number
}

/** Hidden reasoning that is billed with each answer. */
const THOUGHT_TOKENS = 64

const listIn = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])
const objectIn = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {})

const partsText = (content: JsonValue | undefined): string =>
  listIn(objectIn(content).parts)
    .map(({ text }) => asText(text) ?? '')
    .join('\n')

/** Keys of requests come in both spellings, as protobuf's JSON allows. */
const either = (object: JsonObject, camel: string): JsonValue | undefined =>
  object[camel] ?? object[camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]

const promptOf = (body: JsonObject): ModelPrompt => {
  const config = objectIn(either(body, 'generationConfig'))
  const schema = either(config, 'responseJsonSchema') ?? either(config, 'responseSchema')
  const limit = either(config, 'maxOutputTokens')
  return {
    vendor: 'gemini',
    system: partsText(either(body, 'systemInstruction')),
    user: listIn(body.contents)
      .filter(({ role }) => role !== 'model')
      .map(partsText)
      .join('\n'),
    schema: isJsonObject(schema) ? schema : undefined,
    wantsJson: either(config, 'responseMimeType') === 'application/json',
    maxOutputTokens: typeof limit === 'number' ? limit : undefined
  }
}

const answerBody = (answer: ModelAnswer, model: string, responseId: string): JsonObject => {
  const { promptTokens, answerTokens } = answer
  if (answer.ending === 'blocked') {
    return {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: promptTokens, totalTokenCount: promptTokens },
      modelVersion: model
    }
  }
  return {
    candidates: [
      {
        content: { parts: [{ text: answer.text }], role: 'model' },
        finishReason: answer.ending === 'cut' ? 'MAX_TOKENS' : 'STOP',
        index: 0
      }
    ],
    usageMetadata: {
      promptTokenCount: promptTokens,
      candidatesTokenCount: answerTokens,
      totalTokenCount: promptTokens + answerTokens + THOUGHT_TOKENS,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }],
      thoughtsTokenCount: THOUGHT_TOKENS
    },
    modelVersion: model,
    responseId
  }
}

/** Gemini's `generateContent`. */
export const gemini = ({ apiKey, book, latencyMs }: GeminiParts): Vendor => {
  let answers = 0

  const generate = (request: FastifyRequest, call: string): VendorAnswer => {
    const [, model, action] = /^(.+):(\w+)$/.exec(call) ?? []
    if (model === undefined || action !== 'generateContent') return geminiError('404', model ?? call)
    const key = request.headers['x-goog-api-key'] ?? queryOf(request).get('key')
    if (key === null) return geminiError('403', model)
    if (key !== apiKey) return geminiError('API_KEY_INVALID', model)
    const body = bodyObject(request)
    if (body === undefined) return geminiError('400', model)
    const prompt = promptOf(body)
    if (prompt.user === '') return geminiError('EMPTY_CONTENTS', model)
    answers += 1
    const answer = book.answer(prompt, request.vendorCall?.fault)
    return jsonAnswer(200, answerBody(answer, model, seededUuid('gemini', answers).replaceAll('-', '').slice(0, 22)))
  }

  return {
    name: 'gemini',
    routes: (app: FastifyInstance) => {
      app.get<{ Params: { model: string } }>('/v1beta/models/:model', (request, reply) =>
        sendAnswer(
          reply,
          request.headers['x-goog-api-key'] === apiKey
            ? jsonAnswer(200, {
                name: `models/${request.params.model}`,
                supportedGenerationMethods: ['generateContent']
              })
            : geminiError('API_KEY_INVALID', request.params.model)
        )
      )
      app.post<{ Params: { call: string } }>('/v1beta/models/:call', async (request, reply) => {
        await thinkFor(request, latencyMs())
        return sendAnswer(reply, generate(request, request.params.call))
      })
    },
    failure: ({ code, retryAfterSeconds, request }) => {
      const model = /models\/([^:/?]+)/.exec(request.url)?.[1] ?? 'gemini'
      return geminiError(code, decodeURIComponent(model), retryAfterSeconds)
    }
  }
}
