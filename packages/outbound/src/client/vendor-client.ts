import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { PermanentError, TransientError, type Lane } from '@leadlog/contracts'
import { activeTraceparent, type OpenSpan } from '@leadlog/tracing'
import { Agent, type Dispatcher } from 'undici'
import type { Budget } from '../budget/budget.ts'
import { isVendorFailure, type Circuit } from '../circuit/circuit.ts'
import { OutcomeUnknownError } from '../errors.ts'
import { silentLogger, type OutboundLogger } from '../logger.ts'
import { noAnswerError, statusError } from './call-failures.ts'
import { codeOf, inCallSpan } from './call-span.ts'
import { requestBody } from './request-body.ts'
import { retryAfterMs } from './retry-after.ts'
import { createAddressRules } from '../guard/address-rules.ts'
import { guardedConnect, type Resolve } from '../guard/guarded-connect.ts'
import { send, type SendRequest } from './send.ts'
import { sendForStream } from './send-for-stream.ts'
import {
  effectOf,
  type Classification,
  type VendorCall,
  type VendorResponse,
  type VendorStream
} from './vendor-call.ts'
import { vendorResponse, withResponse } from './vendor-response.ts'

export type CallOutcome = 'ok' | 'rejected' | 'rate-limited' | 'failed' | 'unknown'

/** One attempt, for metrics. */
export interface CallEnded {
  readonly vendor: string
  readonly operation: string
  readonly lane: Lane
  readonly outcome: CallOutcome
  /** The error's code; `OK` for a success. */
  readonly code: string
  /** 0 when there was no answer. */
  readonly status: number
  /** From sending to the end of the answer. */
  readonly durationMs: number
  /** For the budget. */
  readonly waitedMs: number
  /** From 1; above that only for reads. */
  readonly attempt: number
}

export interface VendorClientOptions {
  vendor: string
  /** From the configuration, so that a simulator can stand in. A path in it goes before every call's. */
  baseUrl: string
  /**
   * Hosts, addresses and networks inside that may be called; any other address that is not public is refused. From
   * OUTBOUND_PRIVATE_HOSTS.
   */
  privateHosts?: readonly string[]
  /** Resolves names; the system's by default. */
  resolve?: Resolve | undefined
  /** Waited for before each attempt. */
  budget?: Budget
  circuit?: Circuit
  /** Sent with every call, evaluated for each: authorization and the like. Never logged. */
  headers?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** The vendor's own reading of an answer, of whatever status, asked before the rules for statuses. */
  classify?: (response: VendorResponse, call: VendorCall) => Classification | undefined
  /** Where a vendor says by other means than `Retry-After` how long to stay away after a 429. */
  readRetryAfterMs?: (response: VendorResponse) => number | undefined
  /** What a 5xx means for a write. Default `unknown`. */
  serverErrorMeans?: 'not-done' | 'unknown'
  /** For one attempt, from sending to the last byte. Default 30,000. */
  timeoutMs?: number
  /** Default 10 MiB. */
  maxResponseBytes?: number
  /** Connections kept open at a time. Default 16. */
  connections?: number
  /** Send our W3C trace context: for a server of one's own that continues it. Vendors have no use for it. Default false. */
  sendsTraceparent?: boolean
  onCallEnded?: (call: CallEnded) => void
  logger?: OutboundLogger
  clock?: () => Date
  random?: () => number
}

/**
 * Calls one vendor over HTTP. Each attempt waits for the budget, goes through the circuit, is traced, timed and counted.
 *
 * What its errors say about the effect:
 * - PermanentError: the vendor refused, nothing was done; {@link responseOf} gives its answer.
 * - OutcomeUnknownError: a write was sent and it is not known whether it was carried out.
 * - any other TransientError: nothing was done, or the call only reads; it can be made again.
 *
 * A write is never repeated within a call; a read up to twice, shortly, when the vendor was away or answered 5xx.
 */
export interface VendorClient {
  /**
   * @throws PermanentError by status: `OUTBOUND_BAD_REQUEST`, `_UNAUTHORIZED`, `_FORBIDDEN`, `_NOT_FOUND`, `_CONFLICT`,
   * `_GONE`, `_PRECONDITION_FAILED`, `_TOO_LARGE`, `_UNPROCESSABLE`, `_REJECTED`, `_REDIRECTED`; `_ADDRESS_REFUSED`, `_ANSWER_TOO_LARGE`, `_REQUEST_INVALID`
   * @throws OutcomeUnknownError `OUTBOUND_OUTCOME_UNKNOWN`
   * @throws TransientError `OUTBOUND_RATE_LIMITED`, `_SERVER_ERROR`, `_UNREACHABLE`, `_CONNECTION_LOST`, `_TIMED_OUT`,
   * `_ANSWER_UNREADABLE`, `_CIRCUIT_OPEN`, `_BUDGET_EXHAUSTED`, `_BUDGET_CLOSED`, `_GIVEN_UP`
   */
  call(call: VendorCall): Promise<VendorResponse>
  /**
   * Reads something too large for memory, once: the answer's head, and its body as a stream that holds a connection until it
   * is read to its end or destroyed. Redirects are followed without credentials. Fails as `call` does; what breaks later
   * breaks the stream.
   */
  stream(call: VendorCall): Promise<VendorStream>
  /** Closes the connections when the calls under way have ended. */
  close(): Promise<void>
}

/** Longer than the slowest usual answer of the vendors we call; beyond it an answer rarely comes at all. */
const DEFAULT_TIMEOUT_MS = 30_000

/** A full page of the largest list endpoints is below 2 MiB. */
const DEFAULT_MAX_RESPONSE_BYTES = 10 * 1024 * 1024

/** Above the concurrency that the vendors grant; the budget, not the connections, is to be the limit. */
const DEFAULT_CONNECTIONS = 16

/** A server across the world answers a connection attempt within a second; a dead one never does. */
const CONNECT_TIMEOUT_MS = 10_000

/** How long to stay away after a 429 that does not say it. */
const RATE_LIMIT_PAUSE_MS = 10_000

/** Waits before a read is repeated: long enough for a restarting proxy, short enough for whoever waits. */
const READ_RETRY_DELAYS_MS = [200, 600]

export function createVendorClient(options: VendorClientOptions): VendorClient {
  const { vendor, budget, circuit, onCallEnded, logger = silentLogger } = options
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES } = options
  const { clock = () => new Date(), random = Math.random } = options
  const agent: Dispatcher = new Agent({
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    connect: guardedConnect({
      rules: createAddressRules(options.privateHosts ?? []),
      timeoutMs: CONNECT_TIMEOUT_MS,
      resolve: options.resolve
    }),
    // One call on a connection at a time: what was sent when it broke is known.
    pipelining: 1,
    allowH2: false
  })

  const rateLimited = async (call: VendorCall, response: VendorResponse, known?: number): Promise<TransientError> => {
    const asked =
      known ?? options.readRetryAfterMs?.(response) ?? retryAfterMs(response.headers['retry-after'], clock())
    const pauseMs = asked ?? RATE_LIMIT_PAUSE_MS
    await budget?.pause(clock().getTime() + pauseMs, `${call.operation} was refused as too many requests`, call.lane)
    const message = `${vendor} ${call.operation} was refused as too many requests. It is tried again later.`
    return new TransientError('OUTBOUND_RATE_LIMITED', message, { retryAfterMs: pauseMs, countsAsAttempt: false })
  }

  const judge = async (call: VendorCall, response: VendorResponse): Promise<Error | null> => {
    const own = options.classify?.(response, call)
    if (own?.kind === 'ok') return null
    if (own?.kind === 'failed') return own.error
    if (own?.kind === 'rate-limited' || response.status === 429) return rateLimited(call, response, own?.retryAfterMs)
    const serverErrorMeans = call.serverErrorMeans ?? options.serverErrorMeans ?? 'unknown'
    const after = retryAfterMs(response.headers['retry-after'], clock())
    return statusError(vendor, call, response, serverErrorMeans, after)
  }

  const requestOf = (call: VendorCall, headers: Readonly<Record<string, string>>): SendRequest => {
    const base = baseOf(call)
    const { bytes, contentType } = requestBody(call.body)
    const traceparent = options.sendsTraceparent === true ? activeTraceparent() : undefined
    return {
      origin: base.origin,
      path: pathOf(base, call),
      method: call.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'leadlog',
        ...(contentType && { 'content-type': contentType }),
        ...(traceparent && { traceparent }),
        ...headers
      },
      body: bytes,
      timeoutMs: call.timeoutMs ?? timeoutMs,
      maxResponseBytes,
      signal: call.signal
    }
  }

  const exchange: Exchange<VendorResponse> = async (call, headers, progress) => {
    const request = requestOf(call, headers)
    progress.sentAt = performance.now()
    const outcome = await send(agent, request)
    if (outcome.kind === 'no-answer') throw noAnswerError(vendor, call, outcome)
    progress.status = outcome.status
    const response = vendorResponse(vendor, call, outcome)
    const error = await judge(call, response)
    if (error) throw withResponse(error, response)
    return response
  }

  const openStream: Exchange<VendorStream> = async (call, headers, progress) => {
    const request = requestOf(call, headers)
    progress.sentAt = performance.now()
    const outcome = await sendForStream(agent, request)
    if (outcome.kind === 'no-answer') throw noAnswerError(vendor, call, outcome)
    const { status, headers: received, body } = outcome
    progress.status = status
    if (status >= 200 && status < 300) return { status, headers: received, body }
    const response = vendorResponse(vendor, call, {
      kind: 'answered',
      status,
      headers: received,
      body: await beginningOf(body, MOST_ERROR_BYTES)
    })
    const error = await judge(call, response)
    throw withResponse(error ?? new TransientError('OUTBOUND_ANSWER_UNREADABLE', `${vendor} sent no stream.`), response)
  }

  const baseOf = (call: VendorCall): URL => new URL(call.baseUrl ?? options.baseUrl)

  const attemptInSpan = <T>(call: VendorCall, attempt: number, exchanged: Exchange<T>): Promise<T> =>
    inCallSpan({ vendor, server: baseOf(call).hostname, attempt, circuit: circuit?.state() }, call, (span) =>
      attemptOnce(call, attempt, span, exchanged)
    )

  const attemptOnce = async <T>(
    call: VendorCall,
    attempt: number,
    span: OpenSpan,
    exchanged: Exchange<T>
  ): Promise<T> => {
    const { signal, maxWaitMs } = call
    const wait = { ...(signal && { signal }), ...(maxWaitMs === undefined ? {} : { maxWaitMs }) }
    const progress: Progress = { sentAt: undefined, status: 0 }
    let waitedMs = 0
    const ended = (outcome: CallOutcome, code: string): void => {
      const durationMs = progress.sentAt === undefined ? 0 : Math.round(performance.now() - progress.sentAt)
      const names = { vendor, operation: call.operation, lane: call.lane }
      const fields = { ...names, outcome, code, status: progress.status, durationMs, waitedMs, attempt }
      span.set({ outcome, status: progress.status, waitMs: waitedMs })
      onCallEnded?.(fields)
      logger.debug(fields, 'a call to a vendor ended')
    }
    try {
      circuit?.check()
      waitedMs = (await budget?.acquire(call.lane, call.cost ?? 1, wait))?.waitedMs ?? 0
      span.note('budget granted')
      const headers = { ...(await options.headers?.()), ...call.headers }
      const made = (): Promise<T> => exchanged(call, headers, progress)
      const response = await (circuit ? circuit.run(made) : made())
      ended('ok', 'OK')
      return response
    } catch (error) {
      ended(outcomeOf(error), codeOf(error))
      throw blamingVendor(error, circuit)
    }
  }

  return {
    async call(call) {
      const delays = effectOf(call) === 'read' ? READ_RETRY_DELAYS_MS : []
      for (let attempt = 1; ; attempt++) {
        try {
          return await attemptInSpan(call, attempt, exchange)
        } catch (error) {
          const wait = delays[attempt - 1]
          if (wait === undefined || !WORTH_REPEATING.has(codeOf(error)) || call.signal?.aborted) throw error
          await delay(wait * (0.5 + random()))
        }
      }
    },
    stream: (call) => attemptInSpan(call, 1, openStream),
    close: () => agent.close()
  }
}

/** How far an attempt got. */
interface Progress {
  sentAt: number | undefined
  status: number
}

type Exchange<T> = (call: VendorCall, headers: Readonly<Record<string, string>>, progress: Progress) => Promise<T>

/** What a refusal says of itself is at its beginning. */
const MOST_ERROR_BYTES = 64 * 1024

async function beginningOf(body: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk as Buffer)
    size += (chunk as Buffer).length
    if (size >= most) break
  }
  return Buffer.concat(chunks)
}

function pathOf(base: URL, call: VendorCall): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) query.append(name, String(value))
  const path = base.pathname.replace(/\/$/, '') + call.path
  return query.size > 0 ? `${path}?${query.toString()}` : path
}

/** Failures that are often over a moment later. A slow vendor is not asked again at once: that would hold the caller. */
const WORTH_REPEATING = new Set(['OUTBOUND_UNREACHABLE', 'OUTBOUND_CONNECTION_LOST', 'OUTBOUND_SERVER_ERROR'])

/** A failure while the vendor fails for all is none of the message's: it uses up no attempt. */
function blamingVendor(error: unknown, circuit: Circuit | undefined): unknown {
  if (circuit && circuit.state() !== 'closed' && error instanceof TransientError && isVendorFailure(error))
    error.countsAsAttempt = false
  return error
}

function outcomeOf(error: unknown): CallOutcome {
  if (error instanceof OutcomeUnknownError) return 'unknown'
  if (error instanceof PermanentError) return 'rejected'
  return codeOf(error) === 'OUTBOUND_RATE_LIMITED' ? 'rate-limited' : 'failed'
}
