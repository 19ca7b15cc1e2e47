import { PermanentError, TransientError } from '@leadlog/contracts'
import {
  createBudget,
  createCircuit,
  createVendorClient,
  type BudgetOptions,
  type VendorCall,
  type VendorClient,
  type VendorResponse
} from '@leadlog/outbound'
import { vendorMetrics, type Logger, type ServiceMetrics } from '@leadlog/service'
import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { errorCodeOf, PULL_REFUSED } from './error-code.ts'
import type { PullOptions } from './pulled-item.ts'

/** A vendor that says "too many" so often needs more time than a run has. */
const MOST_LIMITED_TRIES = 4
/** The vendors count by the minute; what takes longer is left to the next run. */
const LONGEST_PAUSE_MS = 120_000
const TIMEOUT_MS = 20_000
/** Problems of an answer that an error names. */
const MAX_PROBLEMS = 3

/** How a vendor's API is reached. */
export interface PullClientOptions {
  readonly vendor: string
  readonly baseUrl: string
  readonly perMinute: number
  /** The value of `Authorization`. */
  readonly authorization: () => Promise<string>
  /** What to do about a refused token. */
  readonly tokenHint: string
  /** Where the vendor says by other means than `Retry-After` how long to wait. */
  readonly readRetryAfterMs?: (response: VendorResponse) => number | undefined
  /** Hosts inside that may be called. */
  readonly privateHosts: readonly string[]
  /** Where the budget is shared; none is needed. */
  readonly redis: BudgetOptions['redis'] | undefined
  readonly logger: Logger
  readonly metrics: ServiceMetrics
}

/** What a read of the vendor's API asks for. */
export interface PullCall {
  readonly operation: string
  readonly path: string
  readonly query?: NonNullable<VendorCall['query']>
}

/** Reads a vendor's API, checked. */
export interface PullClient {
  /**
   * @throws PermanentError {@link PULL_REFUSED} for a refused token, INGEST_PULL_ANSWER for an answer of another form,
   * or as {@link VendorClient.call} throws
   */
  read<S extends TSchema>(call: PullCall, schema: S, options: PullOptions): Promise<Static<S>>
  close(): Promise<void>
}

/** A client within the vendor's limits. One run of a source goes on at a time, so the whole limit is this process'. */
export function createPullClient(options: PullClientOptions): PullClient {
  const {
    vendor,
    baseUrl,
    privateHosts,
    perMinute,
    authorization,
    tokenHint,
    readRetryAfterMs,
    redis,
    logger,
    metrics
  } = options
  const { onCallEnded, onCircuitChange, watchBudget } = vendorMetrics(metrics, vendor)
  const budget = createBudget({
    vendor,
    account: 'pull',
    perMinute,
    localShare: 1,
    ...(redis ? { redis } : {}),
    logger
  })
  watchBudget(budget)
  const client = createVendorClient({
    vendor,
    baseUrl,
    privateHosts,
    budget,
    circuit: createCircuit({ vendor, logger, onChange: onCircuitChange }),
    timeoutMs: TIMEOUT_MS,
    headers: async () => ({ authorization: await authorization() }),
    classify: (response, call) => refusalOf(vendor, response, call, tokenHint),
    ...(readRetryAfterMs ? { readRetryAfterMs } : {}),
    onCallEnded,
    logger
  })
  return {
    async read(call, schema, { lane, signal }) {
      const response = await callPatiently(client, { ...call, method: 'GET', lane, signal })
      const body = response.json()
      if (Value.Check(schema, body)) return body
      throw answerInvalid(vendor, call.operation, schema, body)
    },
    async close() {
      budget.close()
      await client.close()
    }
  }
}

/** After a 429 the budget pauses; the call goes again when the pause is over. */
async function callPatiently(client: VendorClient, call: VendorCall): Promise<VendorResponse> {
  for (let limited = 1; ; limited++) {
    try {
      return await client.call(call)
    } catch (error) {
      const isLimit = error instanceof TransientError && errorCodeOf(error) === 'OUTBOUND_RATE_LIMITED'
      if (!isLimit || limited >= MOST_LIMITED_TRIES || (error.retryAfterMs ?? 0) > LONGEST_PAUSE_MS) throw error
    }
  }
}

function refusalOf(vendor: string, { status }: VendorResponse, { operation }: VendorCall, hint: string) {
  if (status !== 401 && status !== 403) return undefined
  const message = `${vendor} ${operation} was refused with ${status}. ${hint}`
  return { kind: 'failed' as const, error: new PermanentError(PULL_REFUSED, message) }
}

/** Names the places only: what stands there may be personal. */
function answerInvalid(vendor: string, operation: string, schema: TSchema, body: unknown): PermanentError {
  const places = [...Value.Errors(schema, body)].slice(0, MAX_PROBLEMS).map(({ path }) => path || '/')
  return new PermanentError(
    'INGEST_PULL_ANSWER',
    `${vendor} ${operation} answered in another form than expected, at ${places.join(', ')}`
  )
}
