import type { Msg, NatsConnection } from '@nats-io/nats-core'

/** The server gives up on who lets it wait for five seconds once its window is full. */
const PATIENCE_MS = 1_500
/** Acknowledged before they were taken, at most: 64 MiB of a snapshot. A store that stands still for six minutes is none. */
const MOST_AHEAD = 256

/** Messages that are acknowledged as they are taken, and now and then before. */
export interface PatientMessages {
  /** The next one; null when the connection or the subscription ended. */
  next(): Promise<Msg | null>
  /** What `next` gave was stored. */
  taken(message: Msg): void
  stop(): void
}

/**
 * Messages that a server sends only as fast as they are acknowledged. A slow store slows the server down instead of filling
 * the memory; one that stands still for a while makes it not give up: meanwhile one message every 1.5 s is acknowledged
 * ahead, up to a bound.
 */
export function patientMessages(connection: NatsConnection, subject: string): PatientMessages {
  const waiting: Msg[] = []
  const acknowledged = new Set<Msg>()
  let ended = false
  let quiet = true
  let wake: (() => void) | undefined
  const wakeUp = (): void => {
    wake?.()
    wake = undefined
  }
  const subscription = connection.subscribe(subject, {
    callback: (_error, message) => {
      waiting.push(message)
      wakeUp()
    }
  })
  void subscription.closed.then(() => {
    ended = true
    wakeUp()
  })
  const timer = setInterval(() => {
    const ahead = quiet && acknowledged.size < MOST_AHEAD ? waiting.find((each) => !acknowledged.has(each)) : undefined
    quiet = true
    if (ahead === undefined) return
    acknowledged.add(ahead)
    ahead.respond()
  }, PATIENCE_MS)
  return {
    async next() {
      for (;;) {
        const message = waiting.shift()
        if (message !== undefined) return message
        if (ended) return null
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    taken(message) {
      if (acknowledged.delete(message)) return
      quiet = false
      message.respond()
    },
    stop() {
      clearInterval(timer)
      subscription.unsubscribe()
    }
  }
}
