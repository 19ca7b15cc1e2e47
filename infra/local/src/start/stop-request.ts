/**
 * A terminal sends Ctrl-C to every process of its group and each of them passes it on, so one press arrives several
 * times within moments; only a later one is a second press.
 */
const SAME_PRESS_MS = 700

export interface StopRequest {
  /** Aborted at the first request to stop. */
  readonly signal: AbortSignal
  readonly requested: Promise<void>
}

/**
 * Hears Ctrl-C, SIGTERM, SIGHUP and the end of the process that started this one. A second Ctrl-C ends this process at
 * once; the watchdog then ends what is left.
 */
export function listenForStop(): StopRequest {
  const controller = new AbortController()
  let first = 0
  const hear = (): void => {
    if (!controller.signal.aborted) {
      first = performance.now()
      controller.abort()
    } else if (performance.now() - first > SAME_PRESS_MS) {
      process.exit(130)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear)
  process.on('disconnect', hear)
  const requested = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  return { signal: controller.signal, requested }
}
