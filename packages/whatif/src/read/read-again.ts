import {
  ERASED,
  PermanentError,
  TransientError,
  type LeadIntelExtracted,
  type MeddicExtracted,
  type DataOf,
  type ModelCall
} from '@leadlog/contracts'
import { ExtractionFailure, isBookingEvent, readBooking, readTranscript } from '@leadlog/enrichment/what-if'
import type { Keyring } from '@leadlog/keyring'
import { DelegateBackoff, handleWhen, retry, type IRetryBackoffContext } from 'cockatiel'
import type { PastReading } from '../select/find-readings.ts'
import type { WhatIfStore } from '../store/what-if-store.ts'
import { answerKeyOf, askedOf, fromKept, type Reader } from './reader.ts'

/** Waits between attempts at one reading; a vendor's own wish wins. */
const RETRY_DELAYS_MS = [2_000, 8_000, 30_000]

/** What a reading gave, in the form in which it would be recorded. */
export type NewResult =
  | { readonly kind: 'lead-intel'; readonly data: DataOf<typeof LeadIntelExtracted> }
  | { readonly kind: 'meddic'; readonly data: DataOf<typeof MeddicExtracted> }

/** How reading again ended. */
export type ReadAgain =
  | { readonly outcome: 'read'; readonly result: NewResult; readonly call: ModelCall; readonly kept: boolean }
  /** It was read and nothing that may be used came of it. */
  | { readonly outcome: 'rejected'; readonly code: string; readonly call: ModelCall | null }
  /** It could not be read, now or at all. */
  | { readonly outcome: 'failed'; readonly code: string; readonly message: string }

/**
 * Reads one past content with the run's reader. An answer that an earlier run was given to the same question is taken
 * again. Nothing is recorded in the log.
 */
export async function readAgain(
  past: PastReading,
  reader: Reader,
  { store, keyring, signal }: { store: WhatIfStore; keyring: Keyring; signal: AbortSignal }
): Promise<ReadAgain> {
  const { personId } = past.reading
  const key = answerKeyOf(reader, askedOf(past, reader))
  const known = await store.answer(key)
  if (known !== null) {
    const opened = await keyring.open(personId, known, contextOf(key))
    if (opened !== ERASED) {
      // The same text may have been read of another meeting, or at another time.
      const { kind, data } = opened as NewResult
      const result = { kind, data: { ...data, ...past.reading, call: fromKept(data.call) } } as NewResult
      return { outcome: 'read', result, call: result.data.call, kept: true }
    }
  }
  try {
    const event = await patiently(signal, () =>
      isBookingEvent(past.source)
        ? readBooking(past.source, reader.extractor, signal)
        : readTranscript(past.source, reader.extractor, signal)
    )
    if (event.definition.name === 'ExtractionRejected') {
      return { outcome: 'rejected', code: (event.data as { code: string }).code, call: null }
    }
    const result = { kind: past.reading.kind, data: event.data } as NewResult
    await store.keepAnswer({ key, personId, sealed: await keyring.seal(personId, result, contextOf(key)) })
    return { outcome: 'read', result, call: result.data.call, kept: false }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ExtractionFailure) return { outcome: 'rejected', code: error.code, call: error.call }
    if (error instanceof TransientError || error instanceof PermanentError) {
      return { outcome: 'failed', code: error.code, message: error.message }
    }
    throw error
  }
}

/** Tries again what may pass by itself. */
function patiently<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const backoff = new DelegateBackoff(({ attempt, result }: IRetryBackoffContext<unknown>) => {
    const error = 'error' in result ? result.error : undefined
    const asked = error instanceof TransientError ? error.retryAfterMs : undefined
    return asked ?? RETRY_DELAYS_MS[attempt - 1] ?? 0
  })
  const mayPass = handleWhen((error) => error instanceof TransientError)
  return retry(mayPass, { maxAttempts: RETRY_DELAYS_MS.length, backoff }).execute(run, signal)
}

function contextOf(key: string): string {
  return `what-if/answer/${key}`
}
