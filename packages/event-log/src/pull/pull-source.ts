import { createInbox, nanos, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node'
import type { Logger } from '../logger.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'

/** The server answers an unfilled request after this long; a silence longer than that means that it was lost. */
const REQUEST_EXPIRES_MS = 10_000
const SILENCE_MS = REQUEST_EXPIRES_MS + 5_000

/** Pause before asking again when the server is not ready: about how long it takes to start. */
const NOT_READY_PAUSE_MS = 250

const IDLE_HEARTBEAT = 100
const REQUEST_EXPIRED = 408
/** What was sent is all of this request: the next message would exceed the bytes asked for, or the last one just fitted. */
const FILLED = /exceeds max_?bytes|batch completed/i
const NO_RESPONDERS = 503
const CONSUMER_GONE = /consumer (deleted|not found)/i

/** Pulls messages of a consumer, never more than there is room for. */
export interface PullSource {
  /** Prepares the consumer and asks for the first messages. @throws whatever `prepare` throws this first time */
  start(): Promise<void>
  /** Asks for more if there is room and nothing is asked for. */
  refill(): void
  /** Prepares the consumer anew; what the old one still sends is dropped. */
  restart(): void
  /** Asks for nothing more and hands over what was already on its way. */
  stop(): Promise<void>
}

export interface PullSourceOptions {
  readonly connection: NatsConnection
  readonly watch: ConnectionWatch
  readonly logger: Logger
  /** Name of the stream on the server. */
  readonly stream: string
  /** Makes sure that the consumer exists and returns its name; called at start and after every disturbance. */
  prepare(): Promise<string>
  /** How many more messages may be held. */
  room(): number
  /** How many more bytes of them; at least a whole message where there is room at all. Unbounded where absent. */
  roomBytes?(): number
  receive(message: Msg): void
}

/**
 * One request at a time, for as many messages as there is room: it is filled, or the server says that it expired. A
 * new inbox after every disturbance keeps the answers of lost requests apart, and a reply subject of its own keeps those of
 * filled requests apart, since the server speaks of the end of one after its last message, when the next has been made.
 * Survives restarts of the server.
 */
export function createPullSource(options: PullSourceOptions): PullSource {
  const { connection, watch, logger } = options
  let consumer = ''
  let inbox = ''
  let subscription: Subscription | undefined
  let request = 0
  let outstanding = 0
  let stopped = false
  let ready = false
  let preparing = false
  let silence: NodeJS.Timeout | undefined
  let pause: NodeJS.Timeout | undefined

  const prepare = async (): Promise<void> => {
    preparing = true
    ready = false
    clearTimeout(pause)
    try {
      consumer = await options.prepare()
      if (stopped) return
      subscribe()
      outstanding = 0
      ready = true
    } finally {
      preparing = false
    }
    refill()
  }

  const restart = (): void => {
    if (stopped || preparing || !watch.online) return
    prepare().catch((error: unknown) => {
      logger.debug({ err: error, stream: options.stream }, 'consumer is not available yet')
      pause = setTimeout(restart, NOT_READY_PAUSE_MS).unref()
    })
  }

  const subscribe = (): void => {
    subscription?.unsubscribe()
    inbox = createInbox()
    const mine = inbox
    subscription = connection.subscribe(`${inbox}.*`, {
      callback: (error, message) => {
        if (error) logger.error({ err: error, consumer }, 'pulling is not permitted')
        else if (mine !== inbox) return
        else if (!message.subject.startsWith(`${mine}.`)) deliver(message)
        else if (message.subject === replySubject())
          answered(message.headers?.code ?? 0, message.headers?.description ?? '')
      }
    })
  }

  /** Of the newest request. */
  const replySubject = (): string => `${inbox}.${String(request)}`

  const deliver = (message: Msg): void => {
    outstanding = Math.max(0, outstanding - 1)
    silence?.refresh()
    options.receive(message)
    refill()
  }

  const answered = (code: number, description: string): void => {
    if (code === IDLE_HEARTBEAT || stopped) return
    outstanding = 0
    if (code === REQUEST_EXPIRED || FILLED.test(description)) return refill()
    logger.debug({ code, description, consumer }, 'pull request ended')
    ready = false
    const again = code === NO_RESPONDERS || CONSUMER_GONE.test(description) ? restart : resume
    clearTimeout(pause)
    pause = setTimeout(again, NOT_READY_PAUSE_MS).unref()
  }

  const resume = (): void => {
    if (stopped || preparing) return
    ready = true
    refill()
  }

  const refill = (): void => {
    if (stopped || !ready || outstanding > 0 || !watch.online) return
    const room = options.room()
    if (room <= 0) return
    const bytes = options.roomBytes?.()
    if (bytes !== undefined && bytes <= 0) return
    request += 1
    outstanding = room
    const limits = { batch: room, ...(bytes === undefined ? {} : { max_bytes: bytes }) }
    connection.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${consumer}`,
      JSON.stringify({ ...limits, expires: nanos(REQUEST_EXPIRES_MS) }),
      { reply: replySubject() }
    )
    clearTimeout(silence)
    silence = setTimeout(() => {
      if (outstanding > 0) restart()
    }, SILENCE_MS).unref()
  }

  const unwatch = watch.onChange((online) => {
    ready = false
    if (online) restart()
  })

  return {
    start: prepare,
    refill,
    restart,
    async stop() {
      if (stopped) return
      stopped = true
      unwatch()
      clearTimeout(silence)
      clearTimeout(pause)
      if (watch.online && !connection.isClosed()) await subscription?.drain().catch(() => undefined)
      else subscription?.unsubscribe()
    }
  }
}
