import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError } from '../errors.ts'

/**
 * - `intent`: an attempt is under way until its lease ends; after that its outcome is unknown.
 * - `done`: it was carried out; the response is kept.
 * - `failed`: the last attempt did nothing.
 * - `unknown`: it may have been carried out.
 * - `parked`: it may have been carried out, and a person has to say.
 */
export type EffectState = 'intent' | 'done' | 'failed' | 'unknown' | 'parked'

export interface EffectRow {
  readonly key: string
  readonly vendor: string
  readonly operation: string
  readonly state: EffectState
  readonly attempt: number
  readonly lease_until: Date | null
  readonly request_digest: string
  readonly response: unknown
  readonly error: string | null
  readonly updated_at: Date
}

/** What is to be done about an effect that the ledger knows. */
export type Finding =
  | { readonly kind: 'done'; readonly response: unknown }
  | { readonly kind: 'refused'; readonly error: PermanentError }
  | { readonly kind: 'in-progress'; readonly until: Date | null }
  /** The last attempt did nothing: perform it. */
  | { readonly kind: 'repeat'; readonly row: EffectRow }
  /** It may have been carried out: the policy says how to go on. */
  | { readonly kind: 'unresolved'; readonly row: EffectRow }

export function findingOf(row: EffectRow, digest: string, now: Date): Finding {
  // After a failure nothing is bound to the old request: a mended one may take its place.
  if (row.state !== 'failed' && row.request_digest !== digest) return { kind: 'refused', error: keyReused(row) }
  switch (row.state) {
    case 'done':
      return { kind: 'done', response: row.response }
    case 'parked':
      return { kind: 'refused', error: parked(row) }
    case 'failed':
      return { kind: 'repeat', row }
    case 'unknown':
      return { kind: 'unresolved', row }
    case 'intent':
      return row.lease_until !== null && row.lease_until > now
        ? { kind: 'in-progress', until: row.lease_until }
        : { kind: 'unresolved', row }
  }
}

/** What an error of an attempt says about the effect. An error of neither class may have come after the call. */
export function stateAfter(error: unknown): 'failed' | 'unknown' {
  if (error instanceof OutcomeUnknownError) return 'unknown'
  return error instanceof PermanentError || error instanceof TransientError ? 'failed' : 'unknown'
}

export function parked(row: { key: string; vendor: string; operation: string }): PermanentError {
  return new PermanentError(
    'EFFECT_PARKED',
    `It is not known whether ${row.vendor} ${row.operation} (effect ${row.key}) was carried out. Look there and settle the effect as done or failed.`
  )
}

function keyReused(row: EffectRow): PermanentError {
  return new PermanentError(
    'EFFECT_KEY_REUSED',
    `Effect ${row.key} of ${row.vendor} ${row.operation} was recorded for another request. One key stands for one request: derive it from the cause.`
  )
}
