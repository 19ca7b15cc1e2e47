import { TransientError } from '@leadlog/contracts'
import { circuitBreaker, CircuitState, CountBreaker, handleWhen } from 'cockatiel'
import { OutcomeUnknownError } from '../errors.ts'
import { silentLogger, type OutboundLogger } from '../logger.ts'

export type CircuitStateName = 'closed' | 'open' | 'half-open'

export interface CircuitOptions {
  vendor: string
  /** The circuit opens when more than this share of the last calls failed. Default 0.5. */
  failureShare?: number
  /** How many of the last calls are looked at. Default 20. */
  lastCalls?: number
  /** Fewer calls than this say nothing yet. Default 10. */
  leastCalls?: number
  /** How long calls are refused before one is let through as a trial. Default 15,000. */
  openForMs?: number
  /** Which errors are the vendor's failure. Default {@link isVendorFailure}. */
  isFailure?: (error: unknown) => boolean
  onChange?: (state: CircuitStateName) => void
  logger?: OutboundLogger
}

/**
 * Keeps calls from a vendor that fails, in this process: it opens when too many of the last calls failed, refuses calls
 * for a while, then lets one through; that one decides.
 */
export interface Circuit {
  state(): CircuitStateName
  /** @throws TransientError `OUTBOUND_CIRCUIT_OPEN` when a call would be refused now */
  check(): void
  /**
   * Makes one call and counts how it ended.
   *
   * @throws TransientError `OUTBOUND_CIRCUIT_OPEN`; the call was not made
   */
  run<T>(call: () => Promise<T>): Promise<T>
}

/** A vendor that fails recovers in seconds to minutes; asking it four times a minute neither hurts nor loses time. */
const DEFAULT_OPEN_FOR_MS = 15_000

/** How long a trial call takes, about. */
const TRIAL_PAUSE_MS = 1_000

/** Transient errors that say nothing about the vendor's health. */
const NOT_THE_VENDORS = new Set([
  'OUTBOUND_RATE_LIMITED',
  'OUTBOUND_BUDGET_EXHAUSTED',
  'OUTBOUND_BUDGET_CLOSED',
  'OUTBOUND_CIRCUIT_OPEN',
  'OUTBOUND_GIVEN_UP'
])

/** True for an error that the vendor's state explains: it is away, too slow, or answers 5xx. A 429 is none. */
export function isVendorFailure(error: unknown): boolean {
  if (error instanceof OutcomeUnknownError) return error.reason !== 'given-up'
  return error instanceof TransientError && !NOT_THE_VENDORS.has(error.code)
}

export function createCircuit(options: CircuitOptions): Circuit {
  const { vendor, failureShare = 0.5, lastCalls = 20, leastCalls = 10, openForMs = DEFAULT_OPEN_FOR_MS } = options
  const { isFailure = isVendorFailure, onChange, logger = silentLogger } = options
  const breaker = new CountBreaker({ threshold: failureShare, size: lastCalls, minimumNumberOfCalls: leastCalls })
  const policy = circuitBreaker(handleWhen(isFailure), { halfOpenAfter: openForMs, breaker })
  let openUntil = 0

  policy.onStateChange((changed) => {
    const state = nameOf(changed)
    if (state === 'open') openUntil = Date.now() + openForMs
    logger.warn({ vendor, circuit: state }, 'the circuit to a vendor changed')
    onChange?.(state)
  })

  const refuse = (): TransientError =>
    new TransientError(
      'OUTBOUND_CIRCUIT_OPEN',
      `${vendor} has been failing; calls to it wait until it answers again.`,
      {
        // While the trial of a half-open circuit is under way, a moment.
        retryAfterMs: Math.max(openUntil - Date.now(), TRIAL_PAUSE_MS),
        countsAsAttempt: false
      }
    )
  const check = (): void => {
    // The trial of a half-open circuit is under way; who comes meanwhile is not kept waiting for it.
    if (policy.state === CircuitState.HalfOpen) throw refuse()
    if (policy.state === CircuitState.Open && Date.now() < openUntil) throw refuse()
  }

  return {
    state: () => nameOf(policy.state),
    check,
    async run(call) {
      check()
      return policy.execute(call)
    }
  }
}

function nameOf(state: CircuitState): CircuitStateName {
  if (state === CircuitState.HalfOpen) return 'half-open'
  return state === CircuitState.Closed ? 'closed' : 'open'
}
