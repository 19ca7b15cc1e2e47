import { createInbox, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node'
import { nanos } from '@nats-io/nats-core'
import type { Logger } from '../logger.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'

/** The server answers an unfilled request after this long; a silence longer than that means that it was lost. */
const REQUEST_EXPIRES_MS = 10_000
const SILENCE_MS = REQUEST_EXPIRES_MS + 5_000

/** Pause before asking again when the server is not ready: about how long it takes to start. */
const NOT_READY_PAUSE_MS = 250

const REQUEST_EXPIRED = 408
const NO_RESPONDERS = 503

/** Pulls messages of a durable consumer, never more than can be held. */
export interface PullSource {
  /** Asks for more if there is room and nothing is asked for. */
  refill(): void
  /** Asks for nothing more and hands over what was already on its way. */
  stop(): Promise<void>
}

export interface PullSourceOptions {
  readonly connection: NatsConnection
  readonly watch: ConnectionWatch
  readonly logger: Logger
  /** Names on the server. */
  readonly stream: string
  readonly durable: string
  /** How many more messages may be held. */
  room(): number
  receive(message: Msg): void
  /** Makes sure that the consumer exists; called when the server does not know it. */
  restore(): Promise<void>
}

/**
 * One request at a time, for as many messages as there is room: it is filled, or the server says that it expired. A
 * new inbox after every disturbance keeps the answers of lost requests apart. Survives restarts of the server.
 */
export function createPullSource(options: PullSourceOptions): PullSource {
  const { connection, watch, logger } = options
  const target = `$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${options.durable}`
  let inbox = ''
  let subscription: Subscription | undefined
  let outstanding = 0
  let stopped = false
  let restoring = false
  let silence: NodeJS.Timeout | undefined
  let pause: NodeJS.Timeout | undefined

  const subscribe = (): void => {
    subscription?.unsubscribe()
    inbox = createInbox()
    const mine = inbox
    subscription = connection.subscribe(inbox, {
      callback: (error, message) => {
        if (error) logger.error({ err: error, consumer: options.durable }, 'pulling is not permitted')
        else if (message.subject !== mine) deliver(message)
        else answered(message.headers?.code ?? 0, message.headers?.description ?? '')
      }
    })
  }

  const deliver = (message: Msg): void => {
    outstanding = Math.max(0, outstanding - 1)
    silence?.refresh()
    options.receive(message)
    refill()
  }

  const answered = (code: number, description: string): void => {
    if (code === 100) return
    outstanding = 0
    if (code === REQUEST_EXPIRED) return refill()
    if (!stopped) logger.debug({ code, description, consumer: options.durable }, 'pull request ended')
    const lost = code === NO_RESPONDERS || /consumer (deleted|not found)/i.test(description)
    pauseThen(lost ? restore : refill)
  }

  const refill = (): void => {
    const room = options.room()
    if (stopped || restoring || outstanding > 0 || room <= 0 || pause !== undefined || !watch.online) return
    outstanding = room
    connection.publish(target, JSON.stringify({ batch: room, expires: nanos(REQUEST_EXPIRES_MS) }), { reply: inbox })
    clearTimeout(silence)
    silence = setTimeout(reset, SILENCE_MS)
  }

  const reset = (): void => {
    if (stopped || connection.isClosed()) return
    if (outstanding === 0) return
    logger.debug({ consumer: options.durable }, 'pull request was lost, asking again')
    outstanding = 0
    subscribe()
    refill()
  }

  const restore = (): void => {
    if (stopped || restoring) return
    restoring = true
    options
      .restore()
      .then(() => {
        restoring = false
        refill()
      })
      .catch((error: unknown) => {
        restoring = false
        logger.debug({ err: error, consumer: options.durable }, 'consumer is not available yet')
        pauseThen(restore)
      })
  }

  const pauseThen = (next: () => void): void => {
    clearTimeout(pause)
    pause = setTimeout(() => {
      pause = undefined
      if (!stopped) next()
    }, NOT_READY_PAUSE_MS)
  }

  const unwatch = watch.onChange((online) => {
    if (!online || stopped) return
    outstanding = 0
    subscribe()
    refill()
  })
  subscribe()

  return {
    refill,
    async stop() {
      stopped = true
      unwatch()
      clearTimeout(silence)
      clearTimeout(pause)
      if (watch.online && !connection.isClosed()) await subscription?.drain().catch(() => undefined)
      else subscription?.unsubscribe()
    }
  }
}
