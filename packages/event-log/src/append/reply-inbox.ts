import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node'
import { unavailable } from '../errors.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { createDeadlines } from './deadlines.ts'

/** Status of the answer that the server gives when no stream takes the subject. */
const NO_RESPONDERS = 503

/**
 * Requests whose answers share one subscription. The client's own request does the same, but also sets a timer,
 * captures a stack and races promises for each, which costs more than sealing a webhook; and it leaves a request open
 * until its time-out when the connection breaks, although its answer can no longer come.
 */
export interface ReplyInbox {
  /**
   * Calls `asker` once, and later.
   *
   * @throws Error when nothing could be sent; the asker is not called then
   */
  request(subject: string, payload: Uint8Array, headers: MsgHdrs, asker: Asker): void
  close(): void
}

/** Who hears the answer. Not a promise: of those a webhook would take several between the route and the socket. */
export interface Asker {
  answered(answer: Msg): void
  /** TransientError EVENT_LOG_UNAVAILABLE: no answer came in time or none can come any more. */
  unanswered(error: Error): void
}

interface Waiting {
  readonly asker: Asker
  endDeadline(): void
}

export function createReplyInbox(connection: NatsConnection, watch: ConnectionWatch, timeoutMs: number): ReplyInbox {
  const inbox = `${createInbox()}.`
  const deadlines = createDeadlines(timeoutMs)
  const open = new Map<string, Waiting>()
  let lastToken = 0

  /** Null when the answer came too late, or twice. */
  const take = (token: string): Asker | null => {
    const waiting = open.get(token)
    if (!waiting) return null
    open.delete(token)
    waiting.endDeadline()
    return waiting.asker
  }

  const refuseAll = (why: string): void => {
    for (const token of [...open.keys()]) take(token)?.unanswered(unavailable(why))
  }

  const subscription = connection.subscribe(`${inbox}*`, {
    callback: (error, answer) => {
      if (error) return refuseAll(`Answers of the event log cannot be heard: ${error.message}`)
      const asker = take(answer.subject.slice(inbox.length))
      if (answer.data.length === 0 && answer.headers?.code === NO_RESPONDERS)
        asker?.unanswered(unavailable('No stream of the event log takes this subject, or JetStream is not running'))
      else asker?.answered(answer)
    }
  })

  const unwatch = watch.onChange((online) => {
    if (!online) refuseAll('The connection was lost before the event log confirmed an append')
  })

  return {
    request(subject, payload, headers, asker) {
      if (watch.refused !== null) return asker.unanswered(unavailable(watch.refused))
      const token = (lastToken += 1).toString(36)
      connection.publish(subject, payload, { headers, reply: inbox + token })
      const late = (): void =>
        take(token)?.unanswered(unavailable(`The event log did not confirm an append within ${timeoutMs} ms`))
      open.set(token, { asker, endDeadline: deadlines.start(late) })
    },
    close() {
      unwatch()
      subscription.unsubscribe()
    }
  }
}
