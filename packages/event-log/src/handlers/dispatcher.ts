import { createKeyOrder } from './key-order.ts'

/** Starts batches of waiting items: bounded in number and size, each key in order and in one batch at a time. */
export interface Dispatcher<Item> {
  readonly running: number
  add(key: string, item: Item): void
  /** Starts nothing more and returns what was not started. */
  stop(): Item[]
}

export interface DispatcherOptions<Item> {
  /** How many batches at once. */
  readonly concurrency: number
  readonly maxBatch: number
  /** How long the first item of a batch waits for more. */
  readonly maxBatchWaitMs: number
  /** Must not reject. */
  run(items: readonly Item[]): Promise<void>
}

export function createDispatcher<Item>(options: DispatcherOptions<Item>): Dispatcher<Item> {
  const order = createKeyOrder<Item>()
  let running = 0
  let stopped = false
  let waitedEnough = false
  let fillTimer: NodeJS.Timeout | undefined

  const dispatch = (): void => {
    while (!stopped && running < options.concurrency && isDue()) {
      const batch = order.take(options.maxBatch)
      if (!batch) return
      running += 1
      void options.run(batch.items).finally(() => {
        batch.release()
        running -= 1
        dispatch()
      })
    }
  }

  /** A batch starts when it is full or when its first item has waited long enough. */
  const isDue = (): boolean => {
    const { ready } = order
    if (ready === 0) return false
    if (ready >= options.maxBatch || options.maxBatchWaitMs <= 0 || waitedEnough) {
      waitedEnough = false
      clearTimeout(fillTimer)
      fillTimer = undefined
      return true
    }
    fillTimer ??= setTimeout(() => {
      fillTimer = undefined
      waitedEnough = true
      dispatch()
    }, options.maxBatchWaitMs)
    return false
  }

  return {
    get running() {
      return running
    },
    add(key, item) {
      order.add(key, item)
      dispatch()
    },
    stop() {
      stopped = true
      clearTimeout(fillTimer)
      return order.drain()
    }
  }
}
