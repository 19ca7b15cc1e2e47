import { setTimeout as delay } from 'node:timers/promises'

/** First starts run migrations and make streams. */
const LIMIT_MS = 60_000
const LOOK_EVERY_MS = 10

/** Resolves when the address answers 200. */
export async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + LIMIT_MS
  let last: unknown = 'no answer'
  while (performance.now() < deadline) {
    try {
      const answer = await fetch(url)
      const body = await answer.text()
      if (answer.ok) return
      last = `${answer.status} ${body}`
    } catch (error) {
      last = error
    }
    await delay(LOOK_EVERY_MS)
  }
  throw new Error(`${url} is not ready: ${String(last)}`)
}
