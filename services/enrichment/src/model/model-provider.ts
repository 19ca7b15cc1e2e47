/** What a language model is asked. */
export interface ModelRequest {
  readonly system: string
  readonly user: string
  /** Name of the schema: letters, digits, underscore. */
  readonly schemaName: string
  /** Plain JSON Schema of the wanted object; see `modelJsonSchema`. */
  readonly jsonSchema: Record<string, unknown>
  /** Budget of the answer; the hidden reasoning of some models comes out of it too. */
  readonly maxOutputTokens: number
  readonly signal?: AbortSignal | undefined
}

/** What the model answered. `length`: the answer was cut off. `refused`: the vendor or the model declined. */
export interface ModelReply {
  readonly text: string
  readonly finish: 'stop' | 'length' | 'refused'
  /** The vendor's word for why it stopped, where it stopped early. */
  readonly reason?: string
  readonly inputTokens: number
  /** Hidden reasoning included, as it is billed. */
  readonly outputTokens: number
  /** HTTP requests made, where a step down to a simpler request form made it more than one. */
  readonly requests?: number
}

/**
 * A language model behind one interface. `generate` rejects with TransientError where a later attempt may succeed
 * (`retryAfterMs` where the vendor named a time) and with PermanentError where somebody has to change something.
 */
export interface ModelProvider {
  /** `gemini` or `openai`, as it is recorded. */
  readonly name: string
  readonly model: string
  generate(request: ModelRequest): Promise<ModelReply>
}

export interface ModelHttpRequest {
  readonly method: 'POST'
  /** Appended to the client's base URL. */
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body: unknown
  /** Name of the call in logs and metrics. */
  readonly operation: string
  readonly signal?: AbortSignal
}

export interface ModelHttpResponse {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  /** Parsed JSON, or the text where it is none. */
  readonly body: unknown
}

/** How a provider reaches its vendor. Resolves for any HTTP status, rejects with TransientError for network trouble. */
export interface ModelHttp {
  call(request: ModelHttpRequest): Promise<ModelHttpResponse>
}
