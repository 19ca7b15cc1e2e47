import { isJsonObject, type JsonObject } from '../model/json-object.ts'
import { unreadableReply } from '../model/model-errors.ts'
import type { ModelHttp, ModelProvider, ModelReply, ModelRequest } from '../model/model-provider.ts'
import { openAiError, openAiFailure } from './openai-failure.ts'
import { chatRequest, FULL_FORM, MAX_STEPS_DOWN, simplerForm, type RequestForm } from './request-form.ts'

export interface OpenAiOptions {
  /** A client whose base URL has the version: `https://api.openai.com/v1`. */
  readonly http: ModelHttp
  /** Empty for a server of one's own that asks for none. */
  readonly apiKey: string
  readonly model: string
}

/**
 * Any server that speaks OpenAI's chat completions. Asks for a strict JSON schema first and steps down where the
 * server objects; the form that worked is kept for later requests.
 */
export function createOpenAiProvider(options: OpenAiOptions): ModelProvider {
  const { http, apiKey, model } = options
  let accepted: RequestForm = FULL_FORM

  const post = (request: ModelRequest, form: RequestForm) =>
    http.call({
      method: 'POST',
      path: '/chat/completions',
      headers: apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` },
      body: chatRequest(request, model, form),
      operation: 'chat-completion',
      ...(request.signal ? { signal: request.signal } : {})
    })

  return {
    name: 'openai',
    model,
    async generate(request) {
      let form = accepted
      for (let requests = 1; ; requests += 1) {
        const response = await post(request, form)
        const error = openAiError(response)
        if (!error) {
          accepted = form
          return { ...readReply(response.body), requests }
        }
        const simpler = requests <= MAX_STEPS_DOWN ? simplerForm(form, error) : null
        if (!simpler) throw openAiFailure(error, response, model)
        form = simpler
      }
    }
  }
}

function readReply(body: unknown): ModelReply {
  const choices = isJsonObject(body) && Array.isArray(body['choices']) ? (body['choices'] as unknown[]) : []
  const choice = choices[0]
  if (!isJsonObject(body) || !isJsonObject(choice)) throw unreadableReply('The OpenAI-compatible server', 'no choices')
  const usage = isJsonObject(body['usage']) ? body['usage'] : {}
  const message = isJsonObject(choice['message']) ? choice['message'] : {}
  const tokens = { inputTokens: count(usage['prompt_tokens']), outputTokens: count(usage['completion_tokens']) }
  const refusal = typeof message['refusal'] === 'string' && message['refusal'] !== ''
  if (refusal || choice['finish_reason'] === 'content_filter') {
    return { text: '', finish: 'refused', reason: refusal ? 'refusal' : 'content_filter', ...tokens }
  }
  return { text: messageText(message), finish: choice['finish_reason'] === 'length' ? 'length' : 'stop', ...tokens }
}

/** The content is a text, or with some servers a list of text parts. */
function messageText(message: JsonObject): string {
  const { content } = message
  if (typeof content === 'string') return content
  const parts: unknown[] = Array.isArray(content) ? content : []
  return parts
    .filter(isJsonObject)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}

function count(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? Math.round(value) : 0
}
