/** Calls that are made at the same time, each by a caller who listens for a moment before every answer. */
export interface CallsRequest {
  /** What Twilio knows: its addresses are signed. */
  readonly publicUrl: string
  /** Where that name leads to; the first that takes the connection is asked. */
  readonly addresses: readonly string[]
  readonly ingest: string
  readonly authToken: string
  readonly accountSid: string
  readonly to: string
  readonly calls: number
  /** How long a caller listens before the next key. */
  readonly pause: { readonly fromMs: number; readonly toMs: number }
  readonly seed: string
}

export interface CallsResult {
  /** Milliseconds from a question of Twilio to its last byte of TwiML, one a question. */
  readonly answers: readonly number[]
  /** Those of them to the first question of a call. */
  readonly firstAnswers: readonly number[]
  /** Heard all steps to the end. */
  readonly finished: number
  /** Put through to the fallback number. */
  readonly fellBack: number
  /** Heard that an application error has occurred. */
  readonly dropped: number
  /** Questions that Twilio had to put to the fallback address. */
  readonly toFallback: number
  readonly problems: readonly string[]
}

export type CallsRequests = {
  call(request: CallsRequest): Promise<CallsResult>
}
