import { isJsonObject, type JsonObject } from '../model/json-object.ts'
import { unreadableReply } from '../model/model-errors.ts'
import type { ModelHttp, ModelHttpResponse, ModelProvider, ModelReply, ModelRequest } from '../model/model-provider.ts'
import { geminiFailure, objectsToSchema } from './gemini-failure.ts'

export interface GeminiOptions {
  /** A client whose base URL has no version: `https://generativelanguage.googleapis.com`. */
  readonly http: ModelHttp
  readonly apiKey: string
  readonly model: string
  /** Wall clock in Unix milliseconds; tells when a daily quota starts anew. */
  readonly now: () => number
  /**
   * Default 0 up to generation 2, so that the same text gives the same answer; left to the vendor from generation 3
   * on, where lower values are advised against.
   */
  readonly temperature?: number
}

/** The vendor or the model declined; all come as HTTP 200. */
const REFUSED = new Set(['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'LANGUAGE', 'IMAGE_SAFETY'])

/** Gemini by generateContent with a JSON schema; steps down to plain JSON where the model objects to the schema. */
export function createGeminiProvider(options: GeminiOptions): ModelProvider {
  const { http, apiKey, model } = options
  let takesSchema = true

  const post = (request: ModelRequest, withSchema: boolean) =>
    http.call({
      method: 'POST',
      path: `/v1beta/models/${encodeURIComponent(model)}:generateContent`,
      headers: { 'x-goog-api-key': apiKey },
      body: requestBody(request, { withSchema, temperature: options.temperature ?? defaultTemperature(model) }),
      operation: 'generate-content',
      ...(request.signal ? { signal: request.signal } : {})
    })

  return {
    name: 'gemini',
    model,
    async generate(request) {
      const withSchema = takesSchema
      let response = await post(request, withSchema)
      let requests = 1
      if (withSchema && objectsToSchema(response)) {
        takesSchema = false
        response = await post(request, false)
        requests += 1
      }
      if (response.status !== 200 || hasError(response)) throw geminiFailure(response, model, options.now())
      return { ...readReply(response), requests }
    }
  }
}

function defaultTemperature(model: string): number | undefined {
  return /^(?:models\/)?gemini-[12]\b/.test(model) ? 0 : undefined
}

function requestBody(
  request: ModelRequest,
  form: { withSchema: boolean; temperature: number | undefined }
): JsonObject {
  return {
    contents: [{ role: 'user', parts: [{ text: request.user }] }],
    systemInstruction: { parts: [{ text: request.system }] },
    generationConfig: {
      ...(form.temperature === undefined ? {} : { temperature: form.temperature }),
      maxOutputTokens: request.maxOutputTokens,
      responseMimeType: 'application/json',
      ...(form.withSchema ? { responseJsonSchema: request.jsonSchema } : {})
    }
  }
}

function hasError(response: ModelHttpResponse): boolean {
  return isJsonObject(response.body) && isJsonObject(response.body['error'])
}

function readReply(response: ModelHttpResponse): ModelReply {
  const { body } = response
  if (!isJsonObject(body)) throw unreadableReply('Gemini', 'the body is not JSON')
  const usage = isJsonObject(body['usageMetadata']) ? body['usageMetadata'] : {}
  const tokens = {
    inputTokens: count(usage['promptTokenCount']),
    outputTokens: count(usage['candidatesTokenCount']) + count(usage['thoughtsTokenCount'])
  }
  const candidate = Array.isArray(body['candidates']) ? (body['candidates'][0] as unknown) : undefined
  if (!isJsonObject(candidate)) {
    const feedback = isJsonObject(body['promptFeedback']) ? body['promptFeedback']['blockReason'] : undefined
    if (typeof feedback !== 'string') throw unreadableReply('Gemini', 'neither a candidate nor a block reason')
    return { text: '', finish: 'refused', reason: feedback, ...tokens }
  }
  const reason = typeof candidate['finishReason'] === 'string' ? candidate['finishReason'] : 'STOP'
  const finish = REFUSED.has(reason) ? 'refused' : reason === 'MAX_TOKENS' ? 'length' : 'stop'
  return { text: candidateText(candidate), finish, reason, ...tokens }
}

/** All parts but the model's thoughts, joined: one answer may come in several parts. */
function candidateText(candidate: JsonObject): string {
  const content = isJsonObject(candidate['content']) ? candidate['content'] : {}
  const parts: unknown[] = Array.isArray(content['parts']) ? content['parts'] : []
  return parts
    .filter(isJsonObject)
    .filter((part) => part['thought'] !== true)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}

function count(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? Math.round(value) : 0
}
