import type { Readable } from 'node:stream'
import type { Lane } from '@leadlog/contracts'

/** One call to a vendor's API. */
export interface VendorCall {
  /** Stable name for logs, metrics and traces, for example `upsert-leads`. */
  operation: string
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Behind the base URL, beginning with a slash. Encode what varies. */
  path: string
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** `URLSearchParams` go as a form, bytes as they are (name their content type), anything else as JSON. */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  lane: Lane
  /** What the vendor counts for the call. Default 1. */
  cost?: number
  /**
   * Whether the call changes something at the vendor: then nothing is repeated within the call, and a lost answer is an
   * {@link OutcomeUnknownError}. Default: GET and HEAD read, all others write.
   */
  effect?: 'read' | 'write'
  /** What a 5xx means for a write: done or not. Default: the client's. */
  serverErrorMeans?: 'not-done' | 'unknown'
  timeoutMs?: number
  /** The longest wait for the budget. Default: as long as it takes. */
  maxWaitMs?: number
  /** Takes the place of the client's, for example where a vendor names the host in an answer. */
  baseUrl?: string
  signal?: AbortSignal
}

/** What a vendor answered. */
export interface VendorResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  text(): string
  /**
   * The body as JSON; null for an empty one.
   *
   * @throws OutcomeUnknownError when it is not JSON and the call writes
   * @throws TransientError `OUTBOUND_ANSWER_UNREADABLE` when it is not JSON and the call reads
   */
  json(): unknown
}

/** What a vendor sends as a stream; 2xx always. */
export interface VendorStream {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

/** How a vendor's own classifier sees an answer. */
export type Classification =
  | { readonly kind: 'ok' }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs?: number | undefined }
  | { readonly kind: 'failed'; readonly error: Error }

export function effectOf(call: VendorCall): 'read' | 'write' {
  return call.effect ?? (call.method === 'GET' || call.method === 'HEAD' ? 'read' : 'write')
}
