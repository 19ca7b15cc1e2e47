/** What an earlier attempt left behind, for whoever looks whether it was carried out. */
export interface PreviousAttempt {
  readonly key: string
  readonly vendor: string
  readonly operation: string
  /** From 1; 0 for one that the ledger may have forgotten, since it came back from a backup. */
  readonly attempt: number
  /** When it was last heard of: started, or its outcome noted as unknown. */
  readonly at: Date
  /** Code and message of its error; null when its process ended without a word. */
  readonly error: string | null
}

/** What a look at the vendor says. Only answer when it is certain: where the vendor's index lags, throw instead. */
export type Reconciled<Response> = { readonly found: true; readonly response: Response } | { readonly found: false }

/**
 * What to do when an earlier attempt may have been carried out:
 * - `upsert`: perform it again; repeating is harmless, because the vendor finds the record by its own key.
 * - `vendor-key`: perform it again; the vendor recognizes the key that goes with the call.
 * - `look-up`: look at the vendor first, with `reconcile`; perform it only when it was not carried out.
 * - `park`: do nothing until a person has settled it.
 */
export type Resolution<Response> =
  | { readonly policy: 'upsert' | 'vendor-key' | 'park' }
  | {
      readonly policy: 'look-up'
      /**
       * @throws TransientError when it cannot be told yet; the effect stays unknown and is looked up again later
       */
      readonly reconcile: (previous: PreviousAttempt) => Promise<Reconciled<Response>>
    }

interface EffectNames {
  readonly vendor: string
  /** Stable name, for example `create-note`. */
  readonly operation: string
  /**
   * When its cause was recorded. With the policy `look-up`, an effect that the ledger does not know is looked up first where its
   * cause is older than what the ledger keeps; see `forgetEffects`.
   */
  readonly causedAt?: Date | undefined
}

/** One effect on the outside. The response must be JSON without secrets; it may hold ids. */
export type EffectRequest<Response> = EffectNames &
  Resolution<Response> & {
    /** Stands for this effect of this cause, in every process and at every attempt. */
    readonly key: string
    /** Of what is asked for; see {@link requestDigest}. */
    readonly digest: string
    /**
     * Makes the call. An OutcomeUnknownError, and every error that is neither PermanentError nor TransientError, leaves
     * the effect unknown; the others mean that nothing was done.
     */
    readonly perform: (attempt: number) => Promise<Response>
    /** How long to wait for another runner of the same key. Default 5,000. */
    readonly waitMs?: number
  }

/** How one effect of a batch call ended. */
export type EffectOutcome<Response> =
  | { readonly outcome: 'done'; readonly response: Response }
  /** Nothing was done. */
  | { readonly outcome: 'failed'; readonly error: Error }
  | { readonly outcome: 'unknown'; readonly error?: Error }

/** Several effects that go to the vendor in one call. */
export type EffectBatchRequest<Response> = EffectNames &
  Resolution<Response> & {
    readonly effects: readonly { readonly key: string; readonly digest: string }[]
    /**
     * Makes one call for the keys given, which may be fewer than asked for. A key that is missing in the answer counts
     * as unknown; what it throws counts for every key.
     */
    readonly perform: (keys: readonly string[]) => Promise<ReadonlyMap<string, EffectOutcome<Response>>>
  }

/** How the response was come by: by this call, by an earlier one, or by looking at the vendor. */
export type EffectHow = 'performed' | 'repeated' | 'reconciled'

export interface EffectResult<Response> {
  readonly response: Response
  readonly how: EffectHow
}

export type SettledEffect<Response> =
  ({ readonly ok: true } & EffectResult<Response>) | { readonly ok: false; readonly error: Error }
