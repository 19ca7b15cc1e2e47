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
  const aborted = new Promise<null>((resolve) => {
    both.addEventListener('abort', () => resolve(null), { once: true })
    if (both.aborted) resolve(null)
  })
  try {
    let pending = next()
    for (;;) {
      const result = await Promise.race([pending, aborted])
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
