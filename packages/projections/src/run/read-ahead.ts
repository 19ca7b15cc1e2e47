import type { EventBatch, EventBatchRequest, EventSource } from '@leadlog/contracts'

/**
 * The source's batches, the next one being read and decoded while the one before is worked on. Ends without an error
 * when the signal fires.
 */
export async function* readAhead(
  source: EventSource,
  request: Omit<EventBatchRequest, 'subjects'> & { readonly subjects: readonly string[] | null }
): AsyncGenerator<EventBatch, void, undefined> {
  const { subjects, signal, ...rest } = request
  const own = new AbortController()
  const both = AbortSignal.any([signal, own.signal])
  const iterator = source
    .batches({ ...rest, ...(subjects === null ? {} : { subjects }), signal: both })
    [Symbol.asyncIterator]()
  const next = (): Promise<IteratorResult<EventBatch>> => {
    const promise = iterator.next()
    // Handled where it is awaited; until then a failure must not count as unhandled.
    promise.catch(() => undefined)
    return promise
  }
  try {
    let pending = next()
    for (;;) {
      const result = await orAborted(pending, both)
      if (result === null || result.done || signal.aborted) return
      pending = next()
      yield result.value
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    own.abort()
    void iterator.return?.().catch(() => undefined)
  }
}

/**
 * The promise's outcome, or null as soon as the signal fires. Not `Promise.race` with a promise of the signal's: that
 * one would keep every outcome alive for as long as the stream is read.
 */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(null)
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
