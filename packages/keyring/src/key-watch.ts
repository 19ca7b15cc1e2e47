import { DeliverPolicy, type ConsumerMessages } from '@nats-io/jetstream'
import type { KeyBucket } from './key-bucket.ts'
import type { KeyringLogger } from './logger.ts'

/** How long to wait before watching anew when the server could not do it; a reconnection ends the wait. */
const WATCH_AGAIN_AFTER_MS = 1_000

export interface KeyWatch {
  /** Starts over behind the last change heard of: after a reconnection the server has forgotten the watcher. */
  restart(): void
  close(): void
}

/** Reports every change of the bucket after it was opened, without a gap over reconnections. */
export function watchKeys(
  bucket: KeyBucket,
  logger: KeyringLogger,
  onChange: (name: string, payload: Uint8Array, revision: number) => void
): KeyWatch {
  let next = bucket.revisionAtOpen + 1
  let open = true
  let messages: ConsumerMessages | undefined
  let wake: (() => void) | undefined

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, WATCH_AGAIN_AFTER_MS)
      timer.unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const watchOnce = async (): Promise<void> => {
    const from = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: next }
    const consumer = await bucket.jetstream.consumers.get(bucket.stream, from)
    messages = await consumer.consume()
    for await (const message of messages) {
      next = message.seq + 1
      const name = bucket.nameOf(message.subject)
      try {
        onChange(name, message.data, message.seq)
      } catch (error) {
        logger.warn({ err: error, name }, 'a changed encryption key could not be read')
      }
    }
  }

  const loop = async (): Promise<void> => {
    while (open) {
      try {
        await watchOnce()
      } catch (error) {
        logger.warn({ err: error }, 'watching the encryption keys was interrupted, starting again')
      }
      messages = undefined
      if (open) await pause()
    }
  }
  void loop()

  return {
    restart() {
      messages?.stop()
      wake?.()
    },
    close() {
      open = false
      messages?.stop()
      wake?.()
    }
  }
}
