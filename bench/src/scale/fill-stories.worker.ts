import { setTimeout as delay } from 'node:timers/promises'
import { jetstream, type JetStreamClient } from '@nats-io/jetstream'
import { headers } from '@nats-io/transport-node'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { serveWorker } from '../core/worker.ts'
import { openBenchLog } from '../rebuild/open-bench-log.ts'
import { leadParade } from './lead-parade.ts'
import type { FillRequests, Moment } from './scale-requests.ts'
import { storedMessage, type StoredMessage } from './stored-message.ts'

/** Acknowledgements waited for at once; the server takes ten times as many. */
const IN_FLIGHT = 1_000
/** Chapters sealed at once: a person who is met for the first time gets a key, which takes the server two answers. */
const SEALED_AT_ONCE = 100
/** About, so that a filling ends near its target. */
const EVENTS_A_CHAPTER = 10
/** Together far below the two minutes in which the server knows a message again. */
const TRIES = 10
const AGAIN_AFTER_MS = 1_000
const STREAMS = ['INGEST', 'EVENTS', 'DEAD_LETTERS'] as const

let parade = leadParade()
let log: EventLog | undefined
let keyring: Keyring | undefined
let stream: JetStreamClient | undefined
let pace: { stop(): Promise<readonly Moment[]> } | undefined

async function total(): Promise<number> {
  const opened = log
  if (!opened) throw new Error('not opened')
  const ends = await Promise.all(STREAMS.map((name) => opened.lastSequence(name)))
  return ends.reduce((sum, end) => sum + end, 0)
}

async function append({ subject, id, payload }: StoredMessage): Promise<number> {
  const publish = stream?.publish.bind(stream)
  if (!publish) throw new Error('not opened')
  const head = headers()
  head.set('Nats-Msg-Id', id)
  const { seq } = await patiently(() => publish(subject, payload, { headers: head }))
  return seq
}

/** A machine that has much to do answers late: what was sent once more under its id is stored once. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left === 1) throw error
      await delay(AGAIN_AFTER_MS)
    }
  }
}

async function nextMessages(chapters: number): Promise<readonly StoredMessage[]> {
  const cipher = keyring
  if (!cipher) throw new Error('not opened')
  const events = Array.from({ length: chapters }, () => parade.next().value).flat()
  const now = new Date().toISOString()
  return Promise.all(events.map((event) => patiently(() => storedMessage(event, cipher, now))))
}

/** Appends chapter after chapter, in order, with many appends under way. */
async function fillTo(target: number): Promise<number> {
  let left = target - (await total())
  let inFlight = 0
  let failure: { readonly error: unknown } | undefined
  let onAnswer: () => void = () => undefined
  const downTo = async (count: number): Promise<void> => {
    while (inFlight > count && !failure) await new Promise<void>((resolve) => (onAnswer = resolve))
    if (failure) throw failure.error
  }
  while (left > 0) {
    const messages = await nextMessages(Math.min(SEALED_AT_ONCE, Math.ceil(left / EVENTS_A_CHAPTER)))
    for (const message of messages) {
      inFlight += 1
      void append(message)
        .catch((error: unknown) => (failure ??= { error }))
        .finally(() => {
          inFlight -= 1
          onAnswer()
        })
    }
    left -= messages.length
    await downTo(IN_FLIGHT)
  }
  await downTo(0)
  return total()
}

function paced(eventsPerSecond: number): { stop(): Promise<readonly Moment[]> } {
  const moments: Moment[] = []
  const began = Date.now()
  let running = true
  const appending = (async () => {
    let waiting: readonly StoredMessage[] = []
    for (let count = 0; running; count += 1) {
      if (waiting.length === 0) waiting = await nextMessages(1)
      const due = began + (count * 1000) / eventsPerSecond
      if (due > Date.now()) await delay(due - Date.now())
      const [message, ...rest] = waiting
      waiting = rest
      if (!message) continue
      const sequence = await append(message)
      moments.push({ stream: message.stream, sequence, at: Date.now() })
    }
  })()
  return {
    async stop() {
      running = false
      await appending
      return moments
    }
  }
}

const requests: FillRequests = {
  async open(place) {
    const opened = await openBenchLog(place)
    parade = leadParade(place.parade)
    log = opened.log
    keyring = opened.keyring
    stream = jetstream(opened.log.connection)
  },
  async fillTo({ events }) {
    const began = performance.now()
    const reached = await fillTo(events)
    return { events: reached, milliseconds: performance.now() - began }
  },
  beginPace({ eventsPerSecond }) {
    pace = paced(eventsPerSecond)
    return Promise.resolve()
  },
  async endPace() {
    return (await pace?.stop()) ?? []
  }
}

serveWorker(requests, async () => {
  await pace?.stop()
  keyring?.close()
  await log?.close()
})
